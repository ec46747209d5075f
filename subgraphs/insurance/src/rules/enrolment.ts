/** A contract as payment by head sees it; `terminatedOn` ends it before `validTo`. */
export interface EnrolledContract {
  readonly baseInstitutionId: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly terminatedOn: string | null;
}

const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const;

/**
 * The institution a person is enrolled with in each of the twelve months of a year, null in months without a contract
 * (domain.md 3.2, 3.23): the month of joining counts in full, so who joins in month m makes 13 − m; a terminated
 * contract counts to its end; of two contracts in one month the later counts, so nobody makes more than twelve.
 */
export function enrolmentByMonth(contracts: readonly EnrolledContract[], year: number): (string | null)[] {
  const latestFirst = contracts.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  return months.map((month) => {
    const covering = latestFirst.find(
      ({ validFrom, validTo, terminatedOn }) =>
        validFrom.slice(0, 7) <= `${year}-${month}` && (terminatedOn ?? validTo).slice(0, 7) >= `${year}-${month}`,
    );
    return covering?.baseInstitutionId ?? null;
  });
}
