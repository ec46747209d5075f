import { existsSync } from 'node:fs';
import { createGateway } from '@hutong/gateway';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { gatewayParts, startWorld, type World } from '../world.ts';

/** Where a Chromium may be found; CHROMIUM names another. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

let world: World;
let browser: Browser;

beforeAll(async () => {
  const executablePath = process.env['CHROMIUM'] ?? places.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('no Chromium found: install it, or set CHROMIUM to its path');
  world = await startWorld('colocated', { databases: inject('region'), dataKeys: inject('dataKeys') });
  browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
});
afterAll(async () => {
  await browser.close();
  await world.close();
});

/** The page, and every address it asked for that is not the server's own. */
async function openPage(): Promise<{ page: Page; strangers: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const strangers: string[] = [];
  page.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(world.url) && !address.startsWith('blob:') && !address.startsWith('data:'))
      strangers.push(address);
  });
  await page.goto(`${world.url}/`);
  await page.locator('.graphiql-query-editor .view-lines').filter({ hasText: 'ResidentAtTheDesk' }).waitFor();
  return { page, strangers };
}

test('a showcase query runs as the chosen persona and shows its answer, and no request leaves the machine', async () => {
  const { page, strangers } = await openPage();
  await page.waitForSelector('#persona option:nth-child(2)', { state: 'attached' });
  const asked = page.waitForRequest(
    (request) => request.url().endsWith('/graphql') && (request.postData() ?? '').includes('ResidentAtTheDesk'),
  );
  await page.selectOption('#persona', 'family-doctor');
  await page.click('button.graphiql-execute-button');
  const request = await asked;
  expect(request.headers()['x-hutong-persona']).toBe('family-doctor');
  const answer: unknown = await (await request.response())?.json();
  expect(answer).toMatchObject({ data: { resident: { name: '王某', outpatientCap: '700.00' } } });
  await page.locator('.result-window').filter({ hasText: '王某' }).waitFor();
  expect(strangers).toEqual([]);
});

test('every showcase query is a tab, and the schema documentation opens', async () => {
  const { page } = await openPage();
  const tabs = await page.locator('.graphiql-tab').allInnerTexts();
  expect(tabs.map((tab) => tab.trim())).toEqual([
    'ResidentAtTheDesk',
    'TownshipHospital',
    'CountyResources',
    'VillageDoctorsForTraining',
  ]);
  const [documentation] = await Promise.all([
    page.context().waitForEvent('page'),
    page.click('a[href="schema.graphql"]'),
  ]);
  expect(await documentation.locator('body').innerText()).toContain('type ServiceContract');
});

test('over somebody else’s graph the page has one empty tab and no personas', async () => {
  const gateway = await createGateway({ ...gatewayParts, sources: { kind: 'foreign' }, personas: [] });
  const url = await gateway.listen({ host: '127.0.0.1', port: 0 });
  const page = await browser.newPage();
  await page.goto(`${url}/`);
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
  const text = await page.locator('.graphiql-query-editor .view-lines').innerText();
  const shown = { personas: await page.locator('#persona').count(), tabs: await page.locator('.graphiql-tab').count() };
  await page.close();
  await gateway.stop(1_000);
  expect({ ...shown, text: text.trim() }).toEqual({ personas: 0, tabs: 1, text: '' });
});
