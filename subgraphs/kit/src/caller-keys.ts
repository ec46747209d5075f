import { readFile } from 'node:fs/promises';
import { createCallerSigner, createCallerVerifier, type CallerSigner, type CallerVerifier } from '@hutong/schema';
import { ConfigError } from './settings.ts';

/** Makes the signer of caller tokens from a key file: a JWK or PKCS #8 in PEM, Ed25519. */
export async function readCallerSigner(file: string): Promise<CallerSigner> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The key file ${file} of HUTONG_CALLER_KEY cannot be read. 无法读取密钥文件 ${file}。`, {
      cause,
    });
  });
  try {
    return await createCallerSigner(text.trimStart().startsWith('{') ? JSON.parse(text) : text);
  } catch (cause) {
    throw new ConfigError(
      `The file ${file} of HUTONG_CALLER_KEY holds no Ed25519 private key (JWK or PEM); \`npm run keys -- DIR\` makes one. 文件 ${file} 不是 Ed25519 私钥。`,
      { cause },
    );
  }
}

/** Makes the verifier of caller tokens from a file of public keys. */
export async function readCallerVerifier(file: string): Promise<CallerVerifier> {
  try {
    return await createCallerVerifier(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new ConfigError(
      `The file ${file} of HUTONG_CALLER_PUBLIC_KEYS holds no public keys for caller tokens; \`npm run keys -- DIR\` makes them. 文件 ${file} 不是调用方令牌的公钥。`,
      { cause },
    );
  }
}
