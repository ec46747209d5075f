import { composeServices as composeWithApollo } from '@apollo/composition';
import { Kind, parse } from 'graphql';
import type { DocumentNode } from 'graphql';
import { composeSubgraphs } from '../compose.ts';
import type { NamedSdl } from '../compose.ts';
import type { SchemaProblem } from '../sdl/schema-problem.ts';
import type { PersonalField } from './personal-data.ts';

/**
 * Composes with both composers, of which each accepts something that the other refuses (architecture.md §5), and holds
 * that no personal-data class got lost on the way into either supergraph.
 */
export function checkComposition(
  subgraphs: readonly NamedSdl[],
  personal: readonly PersonalField[],
): readonly SchemaProblem[] {
  const ours = composeSubgraphs(subgraphs);
  const apollo = composeWithApollo(subgraphs.map(({ name, sdl }) => ({ name, typeDefs: parse(sdl) })));
  return [
    ...(ours.kind === 'failed'
      ? failures('@theguild/federation-composition', ours.errors)
      : lostClasses('@theguild/federation-composition', ours.supergraphSdl, personal)),
    ...(apollo.supergraphSdl === undefined
      ? failures(
          '@apollo/composition',
          (apollo.errors ?? []).map(({ message }) => message),
        )
      : lostClasses('@apollo/composition', apollo.supergraphSdl, personal)),
  ];
}

function failures(composer: string, messages: readonly string[]): readonly SchemaProblem[] {
  return messages.map((message) => ({ message: `${composer}: ${message}` }));
}

/** Fields whose class the supergraph does not carry: access to them would be decided without knowing what they are. */
export function lostClasses(
  composer: string,
  supergraphSdl: string,
  personal: readonly PersonalField[],
): readonly SchemaProblem[] {
  const composed = classesOf(parse(supergraphSdl, { noLocation: true }));
  return personal
    .filter(({ coordinate, dataClass }) => composed.get(coordinate) !== dataClass)
    .map(({ coordinate, dataClass }) => ({
      message: `${composer}: ${coordinate} has lost @personal(class: ${dataClass}) in the supergraph.`,
    }));
}

function classesOf(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const classes = new Map<string, string>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) {
      const directive = field.directives?.find(({ name }) => name.value === 'personal');
      const value = directive?.arguments?.[0]?.value;
      if (value?.kind === Kind.ENUM) classes.set(`${type.name.value}.${field.name.value}`, value.value);
    }
  }
  return classes;
}
