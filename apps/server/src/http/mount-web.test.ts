import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send, startTestServer, type TestServer } from './testing/start-test-server.ts';

describe('the web app', () => {
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'quarterdeck-web-'));
    await writeFile(join(folder, 'secret.txt'), 'outside');
    await mkdir(join(folder, 'web', 'assets'), { recursive: true });
    await writeFile(join(folder, 'web', 'index.html'), '<title>deck</title>');
    await writeFile(join(folder, 'web', 'favicon.svg'), '<svg/>');
    await writeFile(join(folder, 'web', 'assets', 'app-1a2b.js'), 'export {}');
    server = await startTestServer({ webRoot: join(folder, 'web') });
  });
  afterAll(async () => {
    await server.server.close();
    await rm(folder, { recursive: true });
  });
  const open = (path: string) => send(server, path, { secret: null });

  it('is kept for good where names are hashed', async () => {
    const response = await open('/assets/app-1a2b.js');
    expect(response.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('Content-Type')).toContain('javascript');
  });

  it.each(['/', '/tasks/t_1', '/index.html', '/sign-in?ticket=abc'])(
    'answers %s with its page',
    async (path) => {
      const response = await open(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('Cache-Control')).toBe('no-cache');
      expect(response.headers.get('Content-Type')).toContain('text/html');
      expect(await response.text()).toContain('deck');
    },
  );

  it('has no page for a missing file, a write or an API path', async () => {
    expect((await open('/assets/gone.js')).status).toBe(404);
    expect((await send(server, '/tasks', { method: 'POST', secret: null })).status).toBe(404);
    for (const path of ['/api', '/api/', '/api/x', '/api/plugins/kanban/x']) {
      const response = await open(path);
      expect(response.status).toBe(404);
      expect(response.headers.get('Content-Type')).toContain('json');
    }
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e%5csecret.txt',
    '/assets/',
    '//secret.txt',
    '/./../secret.txt',
  ])('R5: does not leave its folder for %s', async (path) => {
    const response = await open(path);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toContain('outside');
  });
});

it('says what to do when it is not built', async () => {
  await using server = await startTestServer({ webRoot: '/nowhere/at/all' });
  const response = await send(server, '/', { secret: null });
  expect(response.status).toBe(503);
  expect(await response.text()).toContain('npm run build');
});
