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

/** The same on a field. */
export interface JoinFieldDirective extends JoinDirective {
  readonly fieldName: string;
}

/** Every use of a directive on fields. */
export function fieldDirectives(document: DocumentNode, name: string): readonly JoinFieldDirective[] {
  return document.definitions.flatMap((definition) => {
    if (!('fields' in definition) || !('name' in definition) || !definition.name) return [];
    const typeName = definition.name.value;
    const found: JoinFieldDirective[] = [];
    visit(definition, {
      FieldDefinition(field) {
        for (const directive of field.directives ?? []) {
          if (directive.name.value === name) found.push({ typeName, fieldName: field.name.value, directive });
        }
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

/** The name of an enum argument's value. */
export function enumArgument(directive: DirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}
