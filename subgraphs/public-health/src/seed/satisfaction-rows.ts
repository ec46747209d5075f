import { stableId, type KeyRing } from '@hutong/kit';
import type { ResidentFact, ResidentHistory } from '@hutong/synthetic';
import { satisfactionQuestions } from '../rules/satisfaction.ts';
import type { satisfactionResponses, satisfactionSurveys } from '../tables/evaluation.ts';

type Survey = typeof satisfactionSurveys.$inferInsert;
type Response = typeof satisfactionResponses.$inferInsert;

/** Collects responses into one survey per team and period; keeps counts only, not responses. */
export interface SatisfactionCollector {
  responses(resident: ResidentFact, history: ResidentHistory): Response[];
  surveys(): IterableIterator<Survey>;
}

/** A collector of one place. A response's id says nothing about who gave it; the pseudonym differs from survey to survey. */
export function createSatisfactionCollector(keys: KeyRing): SatisfactionCollector {
  const surveys = new Map<string, { readonly survey: Survey; count: number }>();
  return {
    responses(resident, history) {
      return history.satisfaction.flatMap((fact): Response[] => {
        const contract = history.contracts.find(({ no }) => no === fact.contractNo);
        if (contract === undefined) return [];
        const id = stableId('ss', contract.teamId, fact.period);
        const entry = surveys.get(id) ?? {
          survey: surveyOf(id, contract.teamId, fact.period, fact.answers.length),
          count: 0,
        };
        surveys.set(id, entry);
        entry.count += 1;
        return [
          {
            id: stableId('sn', id, entry.count),
            surveyId: id,
            respondentKind: 'RESIDENT',
            respondent: `p_${keys.keyedHash(`${id}/${resident.id}`).slice(0, 16)}`,
            at: fact.at,
            answers: [...fact.answers],
            score: fact.score,
            comment: fact.comment,
            practitionerId: contract.familyDoctorId,
            teamId: contract.teamId,
            institutionId: contract.baseInstitutionId,
          },
        ];
      });
    },
    *surveys() {
      for (const { survey } of surveys.values()) yield survey;
    },
  };
}

function surveyOf(id: string, teamId: string, period: string, answers: number): Survey {
  return {
    id,
    subjectType: 'TEAM',
    subjectId: teamId,
    respondentKind: 'RESIDENT',
    period,
    questions: satisfactionQuestions.slice(0, answers),
  };
}
