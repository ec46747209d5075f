import { buildASTSchema, Kind, parse, print, validateSchema, valueFromAST, visit } from 'graphql';
import type { DirectiveNode, DocumentNode, GraphQLError, GraphQLSchema } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';
import { federationDirectives } from './federation-directives.ts';
import type { Definitions } from './merge-definitions.ts';
import { problemAt, throwProblems } from './schema-problem.ts';
import type { SchemaProblem } from './schema-problem.ts';

const federation = parse(federationDirectives, { noLocation: true });

/** Holds a subgraph's complete definitions against the GraphQL rules (GraphQL §3) and throws what breaks them. */
export function validateSubgraph({ types, directives, schemaExtensions }: Definitions): void {
  const known: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...federation.definitions, ...directives.values(), ...types.values()],
  };
  const document: DocumentNode = { ...known, definitions: [...schemaExtensions, ...known.definitions] };
  throwProblems(validateSDL(document).map(toProblem));
  const schema = buildASTSchema(known, { assumeValidSDL: true });
  throwProblems(validateSchema(schema).filter(isOurs).map(toProblem));
  throwProblems(wrongDirectiveArguments(document, schema));
}

/** The SDL rules of graphql-js do not look at the values of directive arguments (GraphQL §5.6.1). */
function wrongDirectiveArguments(document: DocumentNode, schema: GraphQLSchema): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const checkDirective = (directive: DirectiveNode): void => {
    const definition = schema.getDirective(directive.name.value);
    for (const argument of directive.arguments ?? []) {
      const type = definition?.args.find(({ name }) => name === argument.name.value)?.type;
      if (type === undefined || valueFromAST(argument.value, type) !== undefined) continue;
      const where = `@${directive.name.value}(${argument.name.value}:)`;
      problems.push(problemAt(argument, `${where} must be ${type.toString()}, not ${print(argument.value)}.`));
    }
  };
  visit(document, { Directive: checkDirective });
  return problems;
}

/** A subgraph that only contributes to types of others may have no Query field of its own. */
function isOurs(error: GraphQLError): boolean {
  return error.message !== 'Query root type must be provided.';
}

function toProblem(error: GraphQLError): SchemaProblem {
  const nodes = error.nodes ?? [];
  return problemAt(
    nodes.find((node) => node.loc !== undefined),
    error.message,
  );
}
