import { createWorld } from './clinic-world-fixtures.ts';
import type { TestSubgraph } from './fixtures.ts';
import { subgraphOverWorld } from './world-fixtures.ts';

/**
 * A small region over four subgraphs that uses what Federation 2 offers: several, composite and nested keys, `@requires`
 * (nested, with arguments, across two hops), `@provides`, `@shareable` value types split between subgraphs,
 * `@interfaceObject`, unions and enums that differ by subgraph, lists of lists and nulls in lists.
 */
export const clinicSdl = {
  places: `
    type Query {
      institution(id: ID!): Institution
      institutions(first: Int = 10, kinds: [Kind!]): [Institution!]!
      encounters: [Encounter]!
      encounter(id: ID!): Encounter
      search(text: String!): [Result!]!
      now: String! @shareable
    }
    enum Kind { HOSPITAL CLINIC }
    enum Mark { GOOD BAD HIDDEN @inaccessible }
    union Result = Institution | Stay | Note
    type Note { text: String! mark: Mark }
    type Address @shareable { street: String! }
    type Institution @key(fields: "id") @key(fields: "code") {
      id: ID! code: String kind: Kind! name: String! address: Address @shareable parent: Institution secret: String @inaccessible
      doctors: [Doctor] rota: [[Doctor!]!] head: Doctor @provides(fields: "name") encounters(kind: String): [Encounter!]
    }
    type Doctor @key(fields: "licence { country no }") { licence: Licence! name: String! @external }
    type Licence @shareable { country: String! no: Int! }
    interface Encounter @key(fields: "id") { id: ID! place: Institution! resident: Resident cost(currency: String = "CNY"): Float }
    type Stay implements Encounter @key(fields: "id") {
      id: ID! place: Institution! resident: Resident cost(currency: String = "CNY"): Float bed: Int
    }
    type Visit implements Encounter @key(fields: "id") {
      id: ID! place: Institution! resident: Resident cost(currency: String = "CNY"): Float room: String
    }
    type Resident @key(fields: "id") { id: ID! }`,
  people: `
    type Query { doctor(no: Int!): Doctor now: String! @shareable }
    type Doctor @key(fields: "licence { country no }") @key(fields: "id") {
      id: ID! licence: Licence! name: String! @shareable workload: Int signed: Int @external
      load: Float @requires(fields: "signed") works: [Institution!]
    }
    type Licence @shareable { country: String! no: Int! }
    type Address @shareable { street: String! city: String! }
    type Institution @key(fields: "id") { id: ID! staff: [Doctor!] address: Address @shareable name: String! @external
      sign: String @requires(fields: "name") }
    type Resident @key(fields: "id") { id: ID! teamNo: Int @external team: Doctor @requires(fields: "teamNo") }`,
  money: `
    type Query { claims: [Claim!]! }
    type Claim @key(fields: "id") { id: ID! encounter: Encounter resident: Resident! payer: Payer amount: Float! }
    union Payer = Fund | Resident
    type Fund { title: String! }
    type Encounter @key(fields: "id") @interfaceObject {
      id: ID! claim: Claim cost(currency: String = "CNY"): Float @external paid: Float @requires(fields: "cost(currency: \\"USD\\")")
    }
    type Institution @key(fields: "code") { code: String claims: [Claim!]! designated: Boolean! }
    type Resident @key(fields: "id") { id: ID! status: String @external packages: [Package] @external
      cap(year: Int!): Int @requires(fields: "status packages { code }") psnNo: String @inaccessible }
    type Package @key(fields: "code") { code: ID! benefit: String }`,
  health: `
    type Query { resident(id: ID!): Resident residents: [Resident] now: String! @shareable }
    type Mutation { sign(resident: ID!): Resident note(text: String!): Int! }
    type Resident @key(fields: "id") {
      id: ID! name: String! status: String packages: [Package] teamNo: Int @inaccessible mother: Resident friends: [[Resident]]
      psnNo: String @external card: String @requires(fields: "psnNo")
    }
    type Package @key(fields: "code") { code: ID! title: String! }
    type Doctor @key(fields: "id") { id: ID! signed: Int patients: [Resident!]! }
    type Encounter @key(fields: "id") @interfaceObject { id: ID! followUps(first: Int): [String!]! }
    enum Mark { GOOD BAD UNKNOWN }
    type Survey { mark: Mark! }
    extend type Query { survey: Survey }`,
} as const;

/** The four subgraphs over one world. */
export function clinicSubgraphs(world = createWorld()): readonly TestSubgraph[] {
  return Object.entries(clinicSdl).map(([name, sdl]) => subgraphOverWorld(name, sdl, world));
}
