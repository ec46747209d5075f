import { defineConfig } from 'drizzle-kit';

/** Made by `npx drizzle-kit generate` in this folder; migrations are never edited. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/tables/*.ts',
  out: './migrations',
  casing: 'snake_case',
});
