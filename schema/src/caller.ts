import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, importPKCS8, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTPayload } from 'jose';

/** Roles of domain.md §5.7 VS-55. */
export const roles = [
  'RESIDENT',
  'FAMILY_DOCTOR',
  'INST_STAFF',
  'INST_ADMIN',
  'ALLIANCE_ADMIN',
  'HEALTH_COMMISSION',
  'INSURANCE_BUREAU',
  'CDC',
  'BI',
  'PARTNER',
  'AUDITOR',
  'SYSTEM',
] as const;
export type Role = (typeof roles)[number];

/** Purposes of use of domain.md §5.7 VS-56. */
export const purposes = [
  'TREATMENT',
  'CONTRACT_SERVICE',
  'PUBLIC_HEALTH',
  'PAYMENT',
  'SUPERVISION',
  'STATISTICS',
  'EMERGENCY',
  'RESEARCH',
  'SELF',
  'OPERATIONS',
] as const;
export type Purpose = (typeof purposes)[number];

/** A person, a client program of another organisation, or a part of the product itself. */
export const callerKinds = ['PERSON', 'CLIENT', 'SERVICE'] as const;
export type CallerKind = (typeof callerKinds)[number];

/** Who is asking: what policy and row filters decide from (domain.md §6). */
export interface Caller {
  readonly id: string;
  readonly kind: CallerKind;
  readonly role: Role;
  readonly name?: string;
  readonly institutionId?: string;
  readonly allianceId?: string;
  readonly practitionerId?: string;
  readonly residentId?: string;
  /** Division codes 行政区划代码 whose rows the caller may see; a code covers everything under it. */
  readonly regionCodes: readonly string[];
  readonly scopes: readonly string[];
  readonly purpose?: Purpose;
}

/** What travels from the gateway to a subgraph with every request. */
export interface CallerClaims {
  readonly caller: Caller;
  readonly requestId: string;
  /** ISO 8601 instant of the business clock (architecture.md §4). */
  readonly businessTime: string;
}

/** Header that carries the caller token from the gateway to a subgraph. */
export const callerTokenHeader = 'x-hutong-caller';

const issuer = 'hutong-gateway';
const algorithm = 'EdDSA';
const lifetimeSeconds = 60;
const clockToleranceSeconds = 5;

/** Signs the claims for one subgraph; the token is good there only, and for 60 seconds. */
export type CallerSigner = (subgraph: string, claims: CallerClaims) => Promise<string>;

/** Checks a token and gives its claims; throws when the token is not good for this subgraph now. */
export type CallerVerifier = (subgraph: string, token: string) => Promise<CallerClaims>;

/** Makes a signer from an Ed25519 private key: a JWK, or PKCS #8 in PEM. Without a `kid` its thumbprint names it (RFC 7638). */
export async function createCallerSigner(privateKey: JWK | string): Promise<CallerSigner> {
  const jwk =
    typeof privateKey === 'string'
      ? await exportJWK(await importPKCS8(privateKey, algorithm, { extractable: true }))
      : privateKey;
  const key = await importKey(jwk);
  const header = { alg: algorithm, kid: jwk.kid ?? (await calculateJwkThumbprint(jwk)) };
  return (subgraph, claims) =>
    new SignJWT({ caller: claims.caller, rid: claims.requestId, bt: claims.businessTime })
      .setProtectedHeader(header)
      .setIssuer(issuer)
      .setSubject(claims.caller.id)
      .setAudience(subgraph)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(key);
}

/** Makes a verifier from the public keys (a JWK set) that may have signed; several keys let a key be replaced without a stop. */
export async function createCallerVerifier(publicKeys: { readonly keys: readonly JWK[] }): Promise<CallerVerifier> {
  const keys = await Promise.all(
    publicKeys.keys.map(async (jwk) => ({
      ids: [jwk.kid, await calculateJwkThumbprint(jwk)],
      key: await importKey(jwk),
    })),
  );
  if (keys.length === 0) throw new Error('A caller verifier needs at least one public key.');
  return async (subgraph, token) => {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const found = kid === undefined ? undefined : keys.find(({ ids }) => ids.includes(kid));
        if (found === undefined) throw new Error('The token is signed by a key that is not known here.');
        return found.key;
      },
      {
        algorithms: [algorithm],
        issuer,
        audience: subgraph,
        maxTokenAge: lifetimeSeconds,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'iat', 'sub'],
      },
    );
    return parseClaims(payload);
  };
}

/** A new Ed25519 key pair: the private JWK for the gateway, the public JWK set for the subgraphs. */
export async function generateCallerKeys(
  keyId: string,
): Promise<{ readonly privateKey: JWK; readonly publicKeys: { readonly keys: readonly JWK[] } }> {
  const pair = await generateKeyPair(algorithm, { crv: 'Ed25519', extractable: true });
  const named = { kid: keyId, alg: algorithm, use: 'sig' };
  const privateKey = { ...(await exportJWK(pair.privateKey)), ...named };
  const publicKey = { ...(await exportJWK(pair.publicKey)), ...named };
  return { privateKey, publicKeys: { keys: [publicKey] } };
}

async function importKey(jwk: JWK): Promise<CryptoKey> {
  if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519') throw new Error('A caller token key must be an Ed25519 JWK.');
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new Error('A caller token key must be an Ed25519 JWK.');
  return key;
}

function parseClaims(payload: JWTPayload): CallerClaims {
  const requestId = text(payload['rid'], 'rid');
  const businessTime = text(payload['bt'], 'bt');
  if (Number.isNaN(Date.parse(businessTime))) throw new Error('Claim bt is not an instant.');
  const caller = parseCaller(payload['caller']);
  if (caller.id !== payload.sub) throw new Error('Claim sub and the caller differ.');
  return { caller, requestId, businessTime };
}

/** Reads a caller from untyped JSON; throws when it is none. */
export function parseCaller(value: unknown): Caller {
  const fields = new Map<string, unknown>(Object.entries(typeof value === 'object' && value !== null ? value : {}));
  const optional = (name: string): string | undefined =>
    fields.get(name) === undefined ? undefined : text(fields.get(name), name);
  return withoutUndefined({
    id: text(fields.get('id'), 'id'),
    kind: oneOf(callerKinds, fields.get('kind'), 'kind'),
    role: oneOf(roles, fields.get('role'), 'role'),
    name: optional('name'),
    institutionId: optional('institutionId'),
    allianceId: optional('allianceId'),
    practitionerId: optional('practitionerId'),
    residentId: optional('residentId'),
    regionCodes: texts(fields.get('regionCodes'), 'regionCodes'),
    scopes: texts(fields.get('scopes'), 'scopes'),
    purpose: fields.get('purpose') === undefined ? undefined : oneOf(purposes, fields.get('purpose'), 'purpose'),
  });
}

type Optional<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]?: Exclude<T[P], undefined> };
type UndefinedKeys<T> = { [K in keyof T]: undefined extends T[K] ? K : never }[keyof T];

/** Drops the absent fields, so that a parsed caller equals the caller that was signed. */
function withoutUndefined<T extends object>(value: T): Optional<T, UndefinedKeys<T>> {
  const copy = { ...value };
  for (const key of Object.keys(copy)) if (Reflect.get(copy, key) === undefined) Reflect.deleteProperty(copy, key);
  return copy;
}

function text(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Error(`Claim ${name} is not text.`);
  return value;
}

function texts(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw new Error(`Claim ${name} is not a list.`);
  return value.map((item) => text(item, name));
}

function oneOf<T extends string>(values: readonly T[], value: unknown, name: string): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`Claim ${name} has no known value.`);
  return found;
}
