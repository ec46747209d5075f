import { type ConstDirectiveNode, type DocumentNode, Kind } from 'graphql';
import { stringArgument } from './join-directives.ts';

/** A specification that a schema links (`@link`, or `@core` of older compositions), and the names it has there. */
export interface CoreFeature {
  /** The URL without the version, such as `https://specs.apollo.dev/join`. */
  readonly identity: string;
  /** Prefix of its types and directives. */
  readonly name: string;
  /** What has a name of its own instead of the prefix: by the name in the specification. Directives begin with `@`. */
  readonly imports: ReadonlyMap<string, string>;
}

const linkIdentities = new Set(['https://specs.apollo.dev/link', 'https://specs.apollo.dev/core']);

/** Reads every feature that a schema links; none where it links nothing. */
export function readCoreFeatures(document: DocumentNode): readonly CoreFeature[] {
  const directives = document.definitions.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION
      ? (definition.directives ?? [])
      : [],
  );
  const candidates = directives.flatMap((directive) => {
    const feature = readFeature(directive);
    return feature ? [{ directive: directive.name.value, feature }] : [];
  });
  const link = candidates.find(({ directive, feature }) => {
    const byName = feature.imports.get('@link') ?? `@${feature.name}`;
    return linkIdentities.has(feature.identity) && byName === `@${directive}`;
  });
  return candidates.filter(({ directive }) => directive === link?.directive).map(({ feature }) => feature);
}

/** Whether a type belongs to a feature, so that clients do not see it. */
export function isFeatureType(features: readonly CoreFeature[], name: string): boolean {
  return features.some((feature) => name.startsWith(`${feature.name}__`) || isImported(feature, name));
}

/** Whether a directive, named without its `@`, belongs to a feature. */
export function isFeatureDirective(features: readonly CoreFeature[], name: string): boolean {
  return features.some(
    (feature) => name === feature.name || name.startsWith(`${feature.name}__`) || isImported(feature, `@${name}`),
  );
}

/** The name here, without its `@`, of the directive that a specification names like itself, such as `inaccessible`. */
export function mainDirectiveOf(features: readonly CoreFeature[], identity: string): string | undefined {
  const feature = features.find((candidate) => candidate.identity === identity);
  if (feature === undefined) return undefined;
  const nameInSpecification = identity.slice(identity.lastIndexOf('/') + 1);
  return feature.imports.get(`@${nameInSpecification}`)?.slice(1) ?? feature.name;
}

function isImported({ imports }: CoreFeature, name: string): boolean {
  return [...imports.values()].includes(name);
}

function readFeature(directive: ConstDirectiveNode): CoreFeature | undefined {
  const url = stringArgument(directive, 'url') ?? stringArgument(directive, 'feature');
  const [, identity, nameInUrl] = /^(.*\/([^/]+))\/v\d+\.\d+\/?(?:#.*)?$/.exec(url ?? '') ?? [];
  if (identity === undefined || nameInUrl === undefined) return undefined;
  return { identity, name: stringArgument(directive, 'as') ?? nameInUrl, imports: readImports(directive) };
}

/** Names are imported as they are, or by `{ name, as }`. */
function readImports(directive: ConstDirectiveNode): ReadonlyMap<string, string> {
  const imports = new Map<string, string>();
  const value = directive.arguments?.find(({ name }) => name.value === 'import')?.value;
  for (const item of value?.kind === Kind.LIST ? value.values : []) {
    if (item.kind === Kind.STRING) imports.set(item.value, item.value);
    if (item.kind !== Kind.OBJECT) continue;
    const texts = new Map(
      item.fields.flatMap((field) => (field.value.kind === Kind.STRING ? [[field.name.value, field.value.value]] : [])),
    );
    const name = texts.get('name');
    if (name !== undefined) imports.set(name, texts.get('as') ?? name);
  }
  return imports;
}
