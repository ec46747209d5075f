import { SignJWT, importJWK } from 'jose';
import { describe, expect, test, vi } from 'vitest';
import { createCallerSigner, createCallerVerifier, generateCallerKeys, parseCaller } from './caller.ts';
import type { Caller, CallerClaims } from './caller.ts';

const caller: Caller = {
  id: 'demo:family-doctor',
  kind: 'PERSON',
  role: 'FAMILY_DOCTOR',
  practitionerId: 'pr_000000000001',
  regionCodes: ['320322'],
  scopes: ['contract:read'],
  purpose: 'CONTRACT_SERVICE',
};
const claims: CallerClaims = { caller, requestId: 'request-1', businessTime: '2024-12-31T23:59:59+08:00' };

const keys = await generateCallerKeys('key-1');
const otherKeys = await generateCallerKeys('key-2');
const sign = await createCallerSigner(keys.privateKey);
const verify = await createCallerVerifier(keys.publicKeys);

test('a signed token gives the same claims back', async () => {
  expect(await verify('insurance', await sign('insurance', claims))).toEqual(claims);
});

test('a token signed with a PEM key is checked by its public key, whatever others there are', async () => {
  const { privateKey } = await importPem();
  const signPem = await createCallerSigner(privateKey.pem);
  const verifyPem = await createCallerVerifier({
    keys: [...keys.publicKeys.keys, privateKey.publicJwk, { ...otherKeys.publicKeys.keys[0], kid: 'key-3' }],
  });
  expect(await verifyPem('insurance', await signPem('insurance', claims))).toEqual(claims);
});

test('old and new keys are good at the same time while keys are replaced', async () => {
  const both = await createCallerVerifier({ keys: [...otherKeys.publicKeys.keys, ...keys.publicKeys.keys] });
  const signOther = await createCallerSigner(otherKeys.privateKey);
  expect(await both('insurance', await sign('insurance', claims))).toEqual(claims);
  expect(await both('insurance', await signOther('insurance', claims))).toEqual(claims);
});

describe('a token is refused', () => {
  test('by another subgraph', async () => {
    await expect(verify('personnel', await sign('insurance', claims))).rejects.toThrow('aud');
  });

  test('when another key signed it', async () => {
    const signOther = await createCallerSigner({ ...otherKeys.privateKey, kid: 'key-1' });
    await expect(verify('insurance', await signOther('insurance', claims))).rejects.toThrow('signature');
  });

  test('when its key id is unknown', async () => {
    const signOther = await createCallerSigner(otherKeys.privateKey);
    await expect(verify('insurance', await signOther('insurance', claims))).rejects.toThrow('not known here');
  });

  test('when a character of it was changed', async () => {
    const [header, payload, signature] = (await sign('insurance', claims)).split('.');
    const forged = Buffer.from(
      Buffer.from(String(payload), 'base64url').toString().replace('FAMILY_DOCTOR', 'AUDITOR'),
    ).toString('base64url');
    await expect(verify('insurance', [header, forged, signature].join('.'))).rejects.toThrow('signature');
  });

  test('after a minute', async () => {
    const token = await sign('insurance', claims);
    vi.useFakeTimers({ now: Date.now() + 66_000, toFake: ['Date'] });
    try {
      await expect(verify('insurance', token)).rejects.toThrow('exp');
    } finally {
      vi.useRealTimers();
    }
  });

  test('when it claims a longer life than a minute', async () => {
    const key = await importJWK(keys.privateKey, 'EdDSA');
    const issued = Math.floor(Date.now() / 1000) - 120;
    const token = await new SignJWT({ caller, rid: 'request-1', bt: claims.businessTime })
      .setProtectedHeader({ alg: 'EdDSA', kid: 'key-1' })
      .setIssuer('hutong-gateway')
      .setSubject(caller.id)
      .setAudience('insurance')
      .setIssuedAt(issued)
      .setExpirationTime(issued + 3600)
      .sign(key);
    await expect(verify('insurance', token)).rejects.toThrow('iat');
  });

  test('when it is not signed at all', async () => {
    const none = [{ alg: 'none' }, { aud: 'insurance' }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    await expect(verify('insurance', `${none}.`)).rejects.toThrow(
      '"alg" (Algorithm) Header Parameter value not allowed',
    );
    await expect(verify('insurance', '')).rejects.toThrow('Invalid Compact JWS');
  });
});

test('a caller with an unknown role or a missing field is none', () => {
  expect(parseCaller({ ...caller })).toEqual(caller);
  expect(() => parseCaller({ ...caller, role: 'KING' })).toThrow('Claim role has no known value.');
  expect(() => parseCaller({ ...caller, regionCodes: '320322' })).toThrow('Claim regionCodes is not a list.');
  expect(() => parseCaller(undefined)).toThrow('Claim id is not text.');
});

test('only Ed25519 keys are taken', async () => {
  await expect(createCallerSigner({ kty: 'oct', k: 'c2VjcmV0' })).rejects.toThrow('must be an Ed25519 JWK');
  await expect(createCallerVerifier({ keys: [] })).rejects.toThrow('at least one public key');
});

async function importPem() {
  const { generateKeyPairSync } = await import('node:crypto');
  const pair = generateKeyPairSync('ed25519');
  return {
    privateKey: {
      pem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      publicJwk: { kty: 'OKP', crv: 'Ed25519', x: String(pair.publicKey.export({ format: 'jwk' }).x) },
    },
  };
}
