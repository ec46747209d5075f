import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCallerKeys } from '@hutong/schema';

/** `npm run keys -- DIR`: writes the pair of keys for caller tokens; never over keys that are there. */
async function main([directory]: readonly string[]): Promise<void> {
  if (directory === undefined) throw new Error('Which folder? npm run keys -- DIR 请指定目录。');
  const privateFile = join(directory, 'caller-key.jwk');
  const publicFile = join(directory, 'caller-keys.public.json');
  for (const file of [privateFile, publicFile]) {
    if (existsSync(file)) throw new Error(`${file} is there already and is not overwritten. 文件已存在，不会覆盖。`);
  }
  const { privateKey, publicKeys } = await generateCallerKeys(new Date().toISOString().slice(0, 10));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await writeFile(privateFile, `${JSON.stringify(privateKey, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  await writeFile(publicFile, `${JSON.stringify(publicKeys, null, 2)}\n`, { flag: 'wx' });
  console.log(`HUTONG_CALLER_KEY=${privateFile}           (gateway, secret 网关，保密)`);
  console.log(`HUTONG_CALLER_PUBLIC_KEYS=${publicFile}    (subgraphs 各子图)`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
