import type { Composer } from '../fixtures.ts';
import type { EntitySpec, FieldSpec, GraphSpec, MediaSpec } from './graph-spec-fixtures.ts';

/** A graph spec with its numbers resolved: what is where, under which name. */
export interface GraphModel {
  readonly subgraphs: readonly string[];
  readonly entities: readonly EntityModel[];
  readonly media: MediaModel | undefined;
}

export interface EntityModel {
  readonly name: string;
  readonly index: number;
  readonly key: EntitySpec['key'];
  readonly places: readonly PlaceModel[];
  readonly fields: readonly FieldModel[];
}

export interface PlaceModel {
  readonly subgraph: string;
  readonly keys: readonly KeyName[];
  readonly isStub: boolean;
}

export type KeyName = 'id' | 'code' | 'composite' | 'nested';

export interface FieldModel {
  readonly name: string;
  readonly index: number;
  readonly subgraphs: readonly string[];
  readonly kind: FieldSpec['kind'];
  readonly target: string;
  readonly lists: number;
  readonly isNonNull: boolean;
  readonly hasArgument: boolean;
  readonly requires: FieldModel | undefined;
  readonly provides: FieldModel | undefined;
}

export interface MediaModel {
  readonly home: string;
  readonly extensions: readonly {
    readonly subgraph: string;
    readonly index: number;
    readonly requires: boolean;
    readonly root: boolean;
  }[];
}

/** Resolves a spec. */
export function modelOf({ composer, subgraphs: count, entities, media }: GraphSpec): GraphModel {
  const subgraphs = Array.from({ length: count }, (_, index) => `s${index}`);
  const nameOf = (number: number): string => `s${number % count}`;
  const placed = entities.map((entity, index) => ({ entity, index, places: placesOf(entity, nameOf) }));
  const modelOfMedia = media ? mediaOf(media, composer, nameOf) : undefined;
  const mediaPlaces = modelOfMedia
    ? [modelOfMedia.home, ...modelOfMedia.extensions.map(({ subgraph }) => subgraph)]
    : [];
  const bare = placed.map(({ entity, index, places }): EntityModel => {
    const fields: FieldModel[] = [];
    for (const [number, field] of entity.fields.entries()) {
      fields.push(
        fieldOf(field, {
          index: number,
          entity: index,
          places,
          entities: entities.length,
          before: fields,
          media: mediaPlaces,
        }),
      );
    }
    return { name: `T${index}`, index, key: entity.key, places, fields };
  });
  return {
    subgraphs,
    entities: bare.map((entity) => withProvides(entity, entities[entity.index]?.fields ?? [], bare)),
    media: modelOfMedia,
  };
}

/** One extension per subgraph; none where the interface is at home. */
function mediaOf(media: MediaSpec, composer: Composer, nameOf: (number: number) => string): MediaModel {
  const home = nameOf(media.home);
  const extensions = new Map<string, MediaModel['extensions'][number]>();
  for (const [index, { subgraph, requires, root }] of media.extensions.entries()) {
    const name = nameOf(subgraph);
    if (name === home || extensions.has(name)) continue;
    // The other composer forgets that a field of an interface object is external.
    extensions.set(name, { subgraph: name, index, requires: requires && composer === 'apollo', root });
  }
  return { home, extensions: [...extensions.values()] };
}

/** One place per subgraph; the first is never a stub. */
function placesOf({ key, places }: EntitySpec, nameOf: (number: number) => string): readonly PlaceModel[] {
  const found = new Map<string, PlaceModel>();
  for (const { subgraph, keys, isStub } of places) {
    const name = nameOf(subgraph);
    if (found.has(name)) continue;
    const isFirst = found.size === 0;
    found.set(name, { subgraph: name, keys: keysOf(key, isFirst ? 0 : keys), isStub: isStub && !isFirst });
  }
  return [...found.values()];
}

function keysOf(key: EntitySpec['key'], choice: number): readonly KeyName[] {
  if (key !== 'two') return [key];
  return choice === 0 ? ['id', 'code'] : [choice === 1 ? 'id' : 'code'];
}

interface FieldSurroundings {
  readonly index: number;
  readonly entity: number;
  readonly places: readonly PlaceModel[];
  readonly entities: number;
  readonly before: readonly FieldModel[];
  /** Subgraphs that have `Media`. */
  readonly media: readonly string[];
}

const leafKinds: ReadonlySet<string> = new Set(['Int', 'String', 'Mark']);

function fieldOf(field: FieldSpec, { index, entity, places, entities, before, media }: FieldSurroundings): FieldModel {
  const whole = places.filter(({ isStub }) => !isStub);
  const own = whole[field.place % whole.length]?.subgraph ?? 's0';
  const other = whole.find(({ subgraph }) => subgraph !== own)?.subgraph;
  const requirable = before.filter(
    ({ kind, subgraphs }) => (leafKinds.has(kind) || kind === 'Value') && !subgraphs.includes(own),
  );
  const kind = field.kind === 'Media' && !media.includes(own) ? 'String' : field.kind;
  const requires = field.requires === null ? undefined : requirable[field.requires % Math.max(1, requirable.length)];
  const isComputed = requires !== undefined;
  return {
    name: `f${entity}${index}`,
    index,
    subgraphs: field.isShared && other !== undefined && !isComputed && kind !== 'Media' ? [own, other] : [own],
    kind: isComputed ? 'String' : kind,
    target: `T${field.target % entities}`,
    lists: isComputed ? 0 : field.lists,
    isNonNull: field.isNonNull && !isComputed,
    hasArgument: field.hasArgument && (isComputed || kind === 'Int' || kind === 'String'),
    requires,
    provides: undefined,
  };
}

/** A field may provide a leaf of its target that another subgraph has. */
function withProvides(entity: EntityModel, specs: readonly FieldSpec[], all: readonly EntityModel[]): EntityModel {
  const fields = entity.fields.map((field, index): FieldModel => {
    const provides = specs[index]?.provides ?? null;
    const [own] = field.subgraphs;
    const target = all.find(({ name }) => name === field.target);
    if (provides === null || field.kind !== 'Entity' || field.subgraphs.length > 1 || own === undefined || !target) {
      return field;
    }
    const providable = target.fields.filter(
      ({ kind, subgraphs, hasArgument, requires }) =>
        leafKinds.has(kind) && kind !== 'Mark' && !subgraphs.includes(own) && !hasArgument && !requires,
    );
    return { ...field, provides: providable[provides % Math.max(1, providable.length)] };
  });
  return { ...entity, fields };
}
