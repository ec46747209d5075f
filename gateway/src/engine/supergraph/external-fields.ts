import { type DocumentNode, Kind } from 'graphql';
import type { EntityKeys } from './entity-keys.ts';
import { readFieldSetPaths } from './field-requirements.ts';
import { enumArgument, fieldDirectives, stringArgument } from './join-directives.ts';
import type { PossibleTypes } from './possible-types.ts';
import { readSubgraphAddresses } from './subgraph-addresses.ts';

/** What subgraphs name and do not give: of an object, or only on some way to it. */
export interface ExternalFields {
  /** Whether a subgraph only names a field, for `@requires` or `@provides`. */
  isExternal(subgraph: string, typeName: string, fieldName: string): boolean;
  /** The fields below a field that its subgraph gives there all the same (`@provides`), nested ones with dots. */
  providedBy(subgraph: string, typeName: string, fieldName: string): readonly string[];
}

/** Reads the `@external` fields of a supergraph (`join__field`) that are no keys, and where they are provided. */
export function readExternalFields(document: DocumentNode, types: PossibleTypes, keysOf: EntityKeys): ExternalFields {
  const subgraphs = readSubgraphAddresses(document);
  const external = new Set<string>();
  const provided = new Map<string, { readonly typeName: string; readonly paths: readonly string[] }[]>();
  for (const { typeName, fieldName, directive } of fieldDirectives(document, 'join__field')) {
    const subgraph = subgraphs.get(enumArgument(directive, 'graph') ?? '')?.name;
    if (subgraph === undefined) continue;
    const isExternal = directive.arguments?.find(({ name }) => name.value === 'external')?.value;
    if (isExternal?.kind === Kind.BOOLEAN && isExternal.value) external.add(`${subgraph} ${typeName}.${fieldName}`);
    const provides = stringArgument(directive, 'provides');
    if (provides === undefined) continue;
    const paths = readFieldSetPaths(provides).map(({ path }) => path);
    const key = `${subgraph} ${fieldName}`;
    provided.set(key, [...(provided.get(key) ?? []), { typeName, paths }]);
  }
  return {
    isExternal: (subgraph, typeName, fieldName) =>
      external.has(`${subgraph} ${typeName}.${fieldName}`) &&
      !keysOf(subgraph, typeName).some((key) => key.has(fieldName)),
    providedBy: (subgraph, typeName, fieldName) =>
      (provided.get(`${subgraph} ${fieldName}`) ?? [])
        .filter((one) => types.overlap(one.typeName, typeName))
        .flatMap(({ paths }) => paths),
  };
}
