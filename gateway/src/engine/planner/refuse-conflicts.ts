import { GraphQLError } from 'graphql';
import type { FieldRequirement, RequiredPath } from '../supergraph/field-requirements.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { ClientOperation, ClientSelection } from './client-operation.ts';

/**
 * Refuses an operation whose fields require one field of one object with different arguments
 * (`@requires(fields: "price(currency: USD)")` and `… "price(currency: CNY)"`): `@apollo/query-planner` asks for one of
 * the two, and the other field would be computed from it. A wrong answer is worse than an error. Arguments of the
 * client cannot conflict so, for they have keys of their own (`readClientOperation`).
 */
export function refuseConflicts(operation: ClientOperation, supergraph: Supergraph): void {
  if (!supergraph.requirements.some(({ paths }) => paths.some((path) => path.arguments !== ''))) return;
  visit(operation.selections, '', supergraph, new Map());
}

/** A required path, and the type whose field requires it. */
interface Required extends RequiredPath {
  readonly typeName: string;
}

/** By place: what is required of the objects there. */
type RequiredAt = Map<string, Required[]>;

function visit(selections: readonly ClientSelection[], place: string, supergraph: Supergraph, at: RequiredAt): void {
  for (const selection of selections) {
    if (selection.kind === 'Fragment') {
      visit(selection.selections, place, supergraph, at);
      continue;
    }
    const known = at.get(place) ?? [];
    at.set(place, known);
    for (const required of requiredBy(supergraph, selection.parentType, selection.name)) {
      const other = known.find((one) => isConflict(one, required, supergraph));
      if (other) throw conflictError(selection.name, required.path);
      known.push(required);
    }
    visit(selection.selections ?? [], `${place}.${selection.key}`, supergraph, at);
  }
}

/** What a field requires, and what the required fields of the same object require in turn. */
function requiredBy(
  { requirements, possibleTypes }: Supergraph,
  typeName: string,
  fieldName: string,
): readonly Required[] {
  const found = new Set<FieldRequirement>();
  const search = (name: string): void => {
    for (const requirement of requirements) {
      if (requirement.fieldName !== name || found.has(requirement)) continue;
      if (!possibleTypes.overlap(typeName, requirement.typeName)) continue;
      found.add(requirement);
      for (const { path } of requirement.paths) search(path);
    }
  };
  search(fieldName);
  return [...found].flatMap((requirement) =>
    requirement.paths.map((path) => ({ ...path, typeName: requirement.typeName })),
  );
}

function isConflict(one: Required, other: Required, { possibleTypes }: Supergraph): boolean {
  return (
    one.path === other.path && one.arguments !== other.arguments && possibleTypes.overlap(one.typeName, other.typeName)
  );
}

function conflictError(fieldName: string, path: string): GraphQLError {
  return new GraphQLError(
    `"${fieldName}" requires "${path}" with other arguments than another field of this operation does. ` +
      'Ask for the two fields in separate operations.',
  );
}
