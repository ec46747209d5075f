import { type DocumentNode, Kind, type SelectionSetNode, parse, print } from 'graphql';
import { fieldDirectives, stringArgument } from './join-directives.ts';
import { readSubgraphAddresses } from './subgraph-addresses.ts';

/** What one field needs of other fields of its object (`@requires`). */
export interface FieldRequirement {
  readonly subgraph: string;
  readonly typeName: string;
  readonly fieldName: string;
  readonly paths: readonly RequiredPath[];
}

/** A required field, nested ones with dots, and its arguments, printed. */
export interface RequiredPath {
  readonly path: string;
  readonly arguments: string;
  readonly isLeaf: boolean;
}

/** Reads every `@requires` of a supergraph (`join__field`). */
export function readFieldRequirements(document: DocumentNode): readonly FieldRequirement[] {
  const subgraphs = readSubgraphAddresses(document);
  return fieldDirectives(document, 'join__field').flatMap(({ typeName, fieldName, directive }) => {
    const requires = stringArgument(directive, 'requires');
    const graph = directive.arguments?.find(({ name }) => name.value === 'graph')?.value;
    const subgraph = graph?.kind === Kind.ENUM ? subgraphs.get(graph.value)?.name : undefined;
    if (requires === undefined || subgraph === undefined) return [];
    return [{ subgraph, typeName, fieldName, paths: readFieldSetPaths(requires) }];
  });
}

/** The fields that a set of fields, as `@requires` or `@provides` gives it, leads to. */
export function readFieldSetPaths(fieldSet: string): readonly RequiredPath[] {
  const [definition] = parse(`{ ${fieldSet} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.OPERATION_DEFINITION ? readPaths(definition.selectionSet, '') : [];
}

function readPaths({ selections }: SelectionSetNode, prefix: string): readonly RequiredPath[] {
  return selections.flatMap((selection): readonly RequiredPath[] => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return readPaths(selection.selectionSet, prefix);
    if (selection.kind !== Kind.FIELD) return [];
    const path = prefix + selection.name.value;
    const given = (selection.arguments ?? []).map((argument) => print(argument)).join(', ');
    const inner = selection.selectionSet ? readPaths(selection.selectionSet, `${path}.`) : [];
    return [{ path, arguments: given, isLeaf: !selection.selectionSet }, ...inner];
  });
}
