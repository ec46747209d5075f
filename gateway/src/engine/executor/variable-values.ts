import {
  GraphQLError,
  type GraphQLSchema,
  type VariableDefinitionNode,
  coerceInputValue,
  getVariableValues,
  isInputType,
  typeFromAST,
} from 'graphql';

type Values = Readonly<Record<string, unknown>>;

/** A client's variables as their types want them, or why they are not what the operation declares. */
export type VariableValues =
  | { readonly coerced: Values; readonly errors?: never }
  | { readonly coerced?: never; readonly errors: readonly GraphQLError[] };

/** So many faults are told of one variable; they all say much the same. */
const maxFaults = 20;

/** A longer value is not shown in the error that refuses it. */
const maxShown = 200;

/** Lists and objects of a value stand in each other at most so deep: reading and writing them takes the stack. */
const maxDepth = 500;

/**
 * Coerces variables (GraphQL §6.1.2). Where one is an object or a list, this finds its faults first: graphql-js tells every
 * one of them with the whole value, which takes minutes for a large one.
 */
export function readVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  inputs: Values,
): VariableValues {
  const faults: GraphQLError[] = [];
  const sound = definitions.filter((definition) => {
    const value = inputs[definition.variable.name.value];
    const found = typeof value === 'object' && value !== null ? findFaults(schema, definition, value) : [];
    faults.push(...found);
    return found.length === 0;
  });
  const { coerced, errors = [] } = getVariableValues(schema, sound, inputs, { maxErrors: maxFaults });
  return coerced && faults.length === 0 ? { coerced } : { errors: [...errors, ...faults] };
}

function findFaults(schema: GraphQLSchema, node: VariableDefinitionNode, value: object): readonly GraphQLError[] {
  const name = node.variable.name.value;
  if (isDeeperThan(maxDepth, value)) {
    return [new GraphQLError(`Variable "$${name}" is nested more than ${maxDepth} levels deep.`, { nodes: node })];
  }
  const type = typeFromAST(schema, node.type);
  const faults: GraphQLError[] = [];
  if (!isInputType(type)) return faults;
  try {
    coerceInputValue(value, type, (path, invalid, error) => {
      const place = path.length > 0 ? ` at "${name}${path.map(showStep).join('')}"` : '';
      const message = `Variable "$${name}" got invalid value ${show(invalid)}${place}; ${error.message}`;
      faults.push(new GraphQLError(message, { nodes: node, originalError: error }));
      if (faults.length === maxFaults) throw enough;
    });
  } catch (error) {
    if (error !== enough) throw error;
  }
  return faults;
}

/** Ends the search for faults. */
const enough = new Error('There are enough faults.');

const showStep = (step: string | number): string => (typeof step === 'number' ? `[${step}]` : `.${step}`);

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[…]' : '{…}';
  const text = JSON.stringify(value);
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeperThan(levels - 1, inner));
}
