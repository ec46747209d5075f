import { Kind } from 'graphql';
import type { FieldDefinitionNode, TypeNode } from 'graphql';

/** What the arguments of every connection mean (architecture.md §5); a field says it itself where it means another thing. */
const texts: Readonly<Record<string, string>> = {
  where: 'Conditions 筛选条件; all that are given must hold.',
  orderBy: 'Order 排序, the first named first; the key is always added last.',
  first: 'Page size 每页条数, at most 200.',
  after: 'Cursor 游标 of the last item seen: `pageInfo.endCursor` of the page before.',
};

/** Describes the arguments `where`, `orderBy`, `first` and `after` of a connection, where its author did not. */
export function withPageArguments(field: FieldDefinitionNode): FieldDefinitionNode {
  if (!isConnection(field.type) || field.arguments === undefined) return field;
  const described = field.arguments.map((argument) => {
    const text = texts[argument.name.value];
    if (argument.description !== undefined || text === undefined) return argument;
    return { ...argument, description: { kind: Kind.STRING as const, value: text } };
  });
  return { ...field, arguments: described };
}

/** Tells whether the expansion describes an argument of the field. */
export function isPageArgument(field: FieldDefinitionNode, name: string): boolean {
  return name in texts && isConnection(field.type);
}

function isConnection(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isConnection(type.type);
  return type.kind === Kind.NAMED_TYPE && type.name.value.endsWith('Connection');
}
