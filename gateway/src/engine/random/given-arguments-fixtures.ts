import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { GivenArguments } from './operation-fixtures.ts';

/** How many ways to give its arguments a field has. */
const wayCount = 5;

/** Ways to give the arguments of all fields of a schema, made from their types: none where that is allowed, all, and some. */
export function givenArgumentsOf(schema: GraphQLSchema): GivenArguments {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  return Object.fromEntries(
    types.flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ args }) => args.length > 0)
        .map(({ name, args }) => [
          `${type.name}.${name}`,
          [...new Set(Array.from({ length: wayCount }, (_, way) => argumentsText(args, way)))],
        ]),
    ),
  );
}

/** Way 0 gives what must be given, way 1 everything, the others some. */
function argumentsText(args: readonly GraphQLArgument[], way: number): string {
  const given = args.filter(
    (argument, index) => isRequiredArgument(argument) || way === 1 || (way > 1 && (index + way) % 3 === 0),
  );
  const texts = given.map(({ name, type }, index) => `${name}: ${valueText(type, way + index, 0)}`);
  return texts.length === 0 ? '' : `(${texts.join(', ')})`;
}

function valueText(type: GraphQLInputType, way: number, depth: number): string {
  if (isNonNullType(type)) return valueText(type.ofType, way, depth);
  if (isListType(type)) {
    return `[${Array.from({ length: way % 3 }, (_, index) => valueText(type.ofType, way + index, depth)).join(', ')}]`;
  }
  if (isEnumType(type)) {
    const values = type.getValues();
    return values[way % values.length]?.name ?? 'null';
  }
  if (isInputObjectType(type)) return inputText(Object.values(type.getFields()), way, depth);
  switch (type.name) {
    case 'Int':
      return way % 2 === 0 ? '$no' : String(way);
    case 'Boolean':
      return way % 2 === 0 ? '$yes' : 'true';
    case 'Float':
      return `${way}.5`;
    default:
      return `"${type.name} \\"${way}\\""`;
  }
}

/** An input object: what it requires and one field more, which is not an input object any more deep inside. */
function inputText(fields: readonly GraphQLInputField[], way: number, depth: number): string {
  const optional = fields.filter(
    (field) => !isRequiredInputField(field) && (depth < 3 || !isInputObjectType(innermost(field.type))),
  );
  const chosen = optional[(way * 7 + depth) % Math.max(1, optional.length)];
  const given = fields.filter((field) => field === chosen || isRequiredInputField(field));
  return `{${given.map(({ name, type }) => `${name}: ${valueText(type, way + depth, depth + 1)}`).join(', ')}}`;
}

function innermost(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) || isListType(type) ? innermost(type.ofType) : type;
}
