import { Kind, parse } from 'graphql';
import type {
  ConstDirectiveNode,
  ConstValueNode,
  FieldDefinitionNode,
  InterfaceTypeDefinitionNode,
  ObjectTypeDefinitionNode,
  TypeDefinitionNode,
  TypeNode,
} from 'graphql';
import { isTypeDefinitionNode } from 'graphql';
import { problemAt, SchemaProblems } from './schema-problem.ts';

type Types = ReadonlyMap<string, TypeDefinitionNode>;
type Listed = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const scalarFilters: Readonly<Record<string, string>> = {
  ID: 'IDFilter',
  String: 'StringFilter',
  Int: 'IntFilter',
  Decimal: 'DecimalFilter',
  Boolean: 'BooleanFilter',
  Date: 'DateFilter',
  DateTime: 'DateTimeFilter',
  Coded: 'StringFilter',
};

/**
 * The definitions that a reference to an undefined name stands for: `XConnection`, `XFilter`, `XOrder`, where X is an
 * object or interface, `EFilter`, where E is an enum, and the payload of a mutation that says what it @returns. Undefined when
 * the name is no such name.
 */
export function generateTypes(name: string, types: Types): readonly TypeDefinitionNode[] | undefined {
  const mutation = writingField(name, types);
  if (mutation !== undefined) return parseTypes(payloadOf(name, mutation, types));
  const connection = listedType(name, 'Connection', types);
  if (connection !== undefined) return parseTypes(connectionOf(connection));
  const ordered = listedType(name, 'Order', types);
  if (ordered !== undefined) return parseTypes(orderOf(ordered));
  const filtered = types.get(baseName(name, 'Filter') ?? '');
  if (filtered?.kind === Kind.ENUM_TYPE_DEFINITION) return parseTypes(enumFilterOf(filtered.name.value));
  const filter = listedType(name, 'Filter', types);
  return filter === undefined ? undefined : parseTypes(filterOf(filter, types));
}

function writingField(payload: string, types: Types): FieldDefinitionNode | undefined {
  const mutation = types.get('Mutation');
  if (mutation?.kind !== Kind.OBJECT_TYPE_DEFINITION) return undefined;
  return mutation.fields?.find((field) => itemName(field.type) === payload && hasDirective(field, 'returns'));
}

function payloadOf(name: string, mutation: FieldDefinitionNode, types: Types): string {
  const { type, as = type.charAt(0).toLowerCase() + type.slice(1) } = returnsArguments(mutation);
  const written = types.get(type);
  const personal = written !== undefined && hasDirective(written, 'residentOwned') ? ' @personal(class: H)' : '';
  return `
    "What ${mutation.name.value} did 写入结果."
    type ${name} {
      "Whether it was done 是否成功; when not, nothing was changed."
      ok: Boolean!
      "Why it was not done 失败原因; empty when it was."
      errors: [MutationError!]!
      "What was written 写入的对象, as it is now; null when nothing was."
      ${as}: ${type}${personal}
    }`;
}

function returnsArguments(field: FieldDefinitionNode): { readonly type: string; readonly as?: string } {
  const values = argumentsOf(field, 'returns');
  const [type, as] = [values.get('type'), values.get('as')];
  if (type?.kind !== Kind.STRING) {
    throw new SchemaProblems([problemAt(field, `${field.name.value}: @returns must name a type.`)]);
  }
  return { type: type.value, ...(as?.kind === Kind.STRING ? { as: as.value } : {}) };
}

function baseName(name: string, suffix: string): string | undefined {
  return name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : undefined;
}

function listedType(name: string, suffix: string, types: Types): Listed | undefined {
  const base = types.get(baseName(name, suffix) ?? '');
  return base?.kind === Kind.OBJECT_TYPE_DEFINITION || base?.kind === Kind.INTERFACE_TYPE_DEFINITION ? base : undefined;
}

function parseTypes(text: string): readonly TypeDefinitionNode[] {
  return parse(text, { noLocation: true }).definitions.filter(isTypeDefinitionNode);
}

/** Items of a resident-owned type are nullable: one that is refused costs only itself (architecture.md §5). */
function connectionOf(type: Listed): string {
  const name = type.name.value;
  const bang = hasDirective(type, 'residentOwned') ? '' : '!';
  return `
    "A page 分页列表 of ${name}."
    type ${name}Connection @shareable {
      "The items 条目 of this page."
      nodes: [${name}${bang}]!
      "The items with their cursors 带游标的条目."
      edges: [${name}Edge!]!
      "Where the page ends 分页信息."
      pageInfo: PageInfo!
      "How many items there are on all pages 总数; counted only when asked for."
      totalCount: Int${bang}
    }
    "One ${name} of a page, with its cursor 带游标的条目."
    type ${name}Edge @shareable {
      "Opaque position 游标, for \`after\`."
      cursor: String!
      "The item 条目."
      node: ${name}${bang}
    }`;
}

function orderOf(type: Listed): string {
  const name = type.name.value;
  const fields = (type.fields ?? []).filter((field) => hasDirective(field, 'sortable'));
  if (fields.length === 0) {
    throw new SchemaProblems([problemAt(type, `${name}Order is used, yet no field of ${name} is @sortable.`)]);
  }
  return `
    "How to sort 排序 ${name}; the key is always added last, so that the order is stable."
    input ${name}Order {
      "Field to sort by 排序字段."
      field: ${name}OrderField!
      "Order of sorting 排序方向."
      direction: Direction! = ASC
    }
    "Fields of ${name} that can be sorted by 可排序字段."
    enum ${name}OrderField {
      ${fields.map((field) => `${describe(field)}\n${field.name.value}`).join('\n')}
    }`;
}

function filterOf(type: Listed, types: Types): string {
  const name = type.name.value;
  const fields = (type.fields ?? []).filter((field) => hasDirective(field, 'filterable'));
  if (fields.length === 0) {
    throw new SchemaProblems([problemAt(type, `${name}Filter is used, yet no field of ${name} is @filterable.`)]);
  }
  return `
    "Conditions on ${name} 筛选条件; all that are given must hold."
    input ${name}Filter {
      "All of these hold 全部满足."
      and: [${name}Filter!]
      "At least one of these holds 满足任一."
      or: [${name}Filter!]
      "This does not hold 不满足."
      not: ${name}Filter
      ${fields.map((field) => `${describe(field)}\n${filterFieldOf(name, field, types)}`).join('\n')}
    }`;
}

function filterFieldOf(typeName: string, field: FieldDefinitionNode, types: Types): string {
  const where = `${typeName}.${field.name.value}`;
  const { as, search } = filterableArguments(field);
  const named = itemName(field.type);
  if (named === undefined) {
    throw new SchemaProblems([problemAt(field, `${where} is a list: @filterable is for single values.`)]);
  }
  if (search && named !== 'String') {
    throw new SchemaProblems([problemAt(field, `${where} is no String: only text can be searched.`)]);
  }
  const filter = search ? 'TextFilter' : scalarFilters[named];
  if (filter !== undefined) return `${as ?? field.name.value}: ${filter}`;
  const target = types.get(named);
  if (target?.kind === Kind.ENUM_TYPE_DEFINITION) return `${as ?? field.name.value}: ${named}Filter`;
  if (target === undefined || target.kind === Kind.SCALAR_TYPE_DEFINITION) {
    throw new SchemaProblems([problemAt(field, `${where}: ${named} has no filter.`)]);
  }
  if (as === undefined) {
    throw new SchemaProblems([
      problemAt(
        field,
        `${where} is a reference to ${named}: write @filterable(as: "${field.name.value}Id") or the like.`,
      ),
    ]);
  }
  return `${as}: IDFilter`;
}

function enumFilterOf(name: string): string {
  return `
    "Conditions on a value of ${name} 枚举筛选."
    input ${name}Filter {
      "Equal to 等于."
      eq: ${name}
      "Not equal to 不等于."
      ne: ${name}
      "One of 属于其一."
      in: [${name}!]
      "Missing 为空 (true) or present (false)."
      isNull: Boolean
    }`;
}

function itemName(type: TypeNode): string | undefined {
  switch (type.kind) {
    case Kind.NON_NULL_TYPE:
      return itemName(type.type);
    case Kind.LIST_TYPE:
      return undefined;
    case Kind.NAMED_TYPE:
      return type.name.value;
  }
}

function filterableArguments(field: FieldDefinitionNode): {
  readonly as: string | undefined;
  readonly search: boolean;
} {
  const values = argumentsOf(field, 'filterable');
  const as = values.get('as');
  const search = values.get('search');
  return {
    as: as?.kind === Kind.STRING ? as.value : undefined,
    search: search?.kind === Kind.BOOLEAN && search.value,
  };
}

function argumentsOf(field: FieldDefinitionNode, directiveName: string): ReadonlyMap<string, ConstValueNode> {
  const directive = field.directives?.find(({ name }) => name.value === directiveName);
  return new Map((directive?.arguments ?? []).map(({ name, value }) => [name.value, value]));
}

function describe(field: FieldDefinitionNode): string {
  return JSON.stringify(field.description?.value ?? field.name.value);
}

/** Tells whether a definition carries a directive. */
export function hasDirective(node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }, name: string) {
  return node.directives?.some((directive) => directive.name.value === name) ?? false;
}
