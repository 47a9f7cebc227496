// Writes a report as one comment on a pull request, and keeps it up to date: action.yml calls it.
// Reads GITHUB_EVENT_PATH, GITHUB_REPOSITORY, GITHUB_API_URL and GITHUB_TOKEN, as GitHub sets them, and ROOT.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** The config repo's folder in the checkout; empty for the top. */
const root = posix.relative('.', process.env.ROOT ?? '');
/** By it the comment on this root is found again; nobody sees it. */
const marker = root === '' ? '<!-- appdeploy diff -->' : `<!-- appdeploy diff of ${encodeURIComponent(root)} -->`;
/** GitHub refuses longer comments. */
const limit = 65_536;

const { GITHUB_API_URL = 'https://api.github.com', GITHUB_REPOSITORY, GITHUB_EVENT_PATH, GITHUB_TOKEN } = process.env;
const repo = `repos/${GITHUB_REPOSITORY}`;

async function ask(method, path, body) {
  const response = await fetch(`${GITHUB_API_URL}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw Object.assign(new Error(`${method} ${path}: ${response.status}`), { status: response.status });
  return response.json();
}

/** Who writes with the token: a user's name; undefined for a job's own token and an app's, which write as a bot. */
async function author() {
  try {
    return (await ask('GET', 'user')).login;
  } catch (error) {
    if (error.status === 403) return undefined;
    throw error;
  }
}

/** Our comment of an earlier run, on whatever page it is. Anybody can write the marker, and change the comment later. */
async function earlierComment(number) {
  const login = await author();
  const isOwn = ({ body, user }) =>
    body?.startsWith(marker) && (login === undefined ? user?.type === 'Bot' : user?.login === login);
  for (let page = 1; ; page++) {
    const comments = await ask('GET', `${repo}/issues/${number}/comments?per_page=100&page=${page}`);
    const own = comments.find(isOwn);
    if (own !== undefined || comments.length < 100) return own;
  }
}

const number = JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')).pull_request.number;
const report = readFileSync(process.argv[2], 'utf8');
const title =
  root === '' ? '' : `Config repo: <code>${root.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code>\n\n`;
const body = `${marker}\n${title}${report.trim() === '' ? 'appdeploy diff has no report; the log of the job says why.\n' : report}`;
if (body.length > limit) throw new Error(`the comment has ${body.length} characters; GitHub takes ${limit}`);
try {
  const earlier = await earlierComment(number);
  if (earlier === undefined) await ask('POST', `${repo}/issues/${number}/comments`, { body });
  else await ask('PATCH', `${repo}/issues/comments/${earlier.id}`, { body });
} catch (error) {
  // A pull request from a fork has a token that may only read. The report is in the job's summary as well.
  if (error.status !== 403) throw error;
  console.log(
    '::warning::appdeploy may not comment here: the job needs "pull-requests: write", which forks do not get',
  );
}
