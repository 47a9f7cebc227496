import { fileURLToPath } from 'node:url';

// Every test sees the same Git: no settings of the machine, a fixed author, fixed dates.
for (const name of Object.keys(process.env))
  if (name.startsWith('GIT_') || name.startsWith('ARGOCD_')) delete process.env[name];
Object.assign(process.env, {
  GIT_CONFIG_GLOBAL: fileURLToPath(new URL('gitconfig', import.meta.url)),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: '2026-01-02T03:04:05Z',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: '2026-01-02T03:04:05Z',
});
