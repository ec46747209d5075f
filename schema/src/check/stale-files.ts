import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GeneratedFile } from '../generate/generated-files.ts';
import type { SchemaProblem } from '../sdl/schema-problem.ts';

/** Generated files that are missing or are not what would be generated now. */
export function checkStaleFiles(files: readonly GeneratedFile[], root: string): readonly SchemaProblem[] {
  return files.flatMap(({ path, text }) => {
    if (!existsSync(join(root, path))) return [{ place: path, message: 'is missing: npm run generate' }];
    const same = readFileSync(join(root, path), 'utf8') === text;
    return same ? [] : [{ place: path, message: 'is out of date: npm run generate' }];
  });
}
