import { type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

/** A directive of the join specification, and the type it stands on or in. */
export interface JoinDirective {
  readonly typeName: string;
  readonly directive: DirectiveNode;
}

/** Every use of a directive on types. */
export function typeDirectives(document: DocumentNode, name: string): readonly JoinDirective[] {
  return document.definitions.flatMap((definition) => {
    if (!('directives' in definition) || !('name' in definition) || !definition.name) return [];
    const typeName = definition.name.value;
    return (definition.directives ?? [])
      .filter((directive) => directive.name.value === name)
      .map((directive) => ({ typeName, directive }));
  });
}

/** Every use of a directive on fields. */
export function fieldDirectives(document: DocumentNode, name: string): readonly JoinDirective[] {
  return document.definitions.flatMap((definition) => {
    if (!('fields' in definition) || !('name' in definition) || !definition.name) return [];
    const typeName = definition.name.value;
    const found: JoinDirective[] = [];
    visit(definition, {
      FieldDefinition({ directives }) {
        for (const directive of directives ?? [])
          if (directive.name.value === name) found.push({ typeName, directive });
        return false;
      },
    });
    return found;
  });
}

/** The text of a string argument. */
export function stringArgument(directive: DirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}
