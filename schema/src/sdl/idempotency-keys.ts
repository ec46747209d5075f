import { Kind, parse } from 'graphql';
import type { InputValueDefinitionNode, TypeDefinitionNode, TypeNode } from 'graphql';
import { hasDirective } from './generate-types.ts';

/** Gives the input of every mutation that says what it @returns its `idempotencyKey` (domain.md appendix B). */
export function withIdempotencyKeys(types: ReadonlyMap<string, TypeDefinitionNode>): Map<string, TypeDefinitionNode> {
  const completed = new Map(types);
  const mutation = types.get('Mutation');
  const fields = mutation?.kind === Kind.OBJECT_TYPE_DEFINITION ? (mutation.fields ?? []) : [];
  for (const field of fields.filter((candidate) => hasDirective(candidate, 'returns'))) {
    for (const { type } of field.arguments ?? []) {
      const input = types.get(nameOf(type));
      if (input?.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) continue;
      completed.set(input.name.value, { ...input, fields: [...(input.fields ?? []), ...idempotencyKey] });
    }
  }
  return completed;
}

const idempotencyKey: readonly InputValueDefinitionNode[] = parse(
  `input Keyed {
    """
    Key of this request 幂等键, chosen by the caller, 1 to 200 characters: the same request under the same key is done once,
    however often it is sent; another request under it is refused.
    """
    idempotencyKey: String
  }`,
  { noLocation: true },
).definitions.flatMap((definition) =>
  definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? (definition.fields ?? []) : [],
);

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}
