import { Kind } from 'graphql';
import type { FieldDefinitionNode, TypeNode } from 'graphql';
import { hasDirective } from './generate-types.ts';

/** What the arguments of every connection mean (architecture.md §5); a field says it itself where it means another thing. */
const texts: Readonly<Record<string, string>> = {
  where: 'Conditions 筛选条件; all that are given must hold.',
  orderBy: 'Order 排序, the first named first; the key is always added last.',
  first: 'Page size 每页条数, at most 200.',
  after: 'Cursor 游标 of the last item seen: `pageInfo.endCursor` of the page before.',
};

/** What the one argument of every mutation means (architecture.md §5). */
const inputText = 'The request 请求内容; all its faults are told at once.';

/** Describes the arguments that every connection and every mutation has, where their author did not. */
export function withCommonArguments(field: FieldDefinitionNode): FieldDefinitionNode {
  if (field.arguments === undefined) return field;
  const described = field.arguments.map((argument) => {
    const text = commonText(field, argument.name.value);
    if (argument.description !== undefined || text === undefined) return argument;
    return { ...argument, description: { kind: Kind.STRING as const, value: text } };
  });
  return { ...field, arguments: described };
}

/** Tells whether the expansion describes an argument of the field. */
export function isCommonArgument(field: FieldDefinitionNode, name: string): boolean {
  return commonText(field, name) !== undefined;
}

function commonText(field: FieldDefinitionNode, name: string): string | undefined {
  if (isConnection(field.type)) return texts[name];
  return name === 'input' && hasDirective(field, 'returns') ? inputText : undefined;
}

function isConnection(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isConnection(type.type);
  return type.kind === Kind.NAMED_TYPE && type.name.value.endsWith('Connection');
}
