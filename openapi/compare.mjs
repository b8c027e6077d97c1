// Ends with 1 when a document breaks clients of the one that was published last, unless its version says so (a higher first number).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apiDiff } from 'api-smart-diff';

/** What is used is told where it is used, with its direction. */
function breaks({ type, action, path }) {
    const answered = path.includes('responses');
    const word = typeof path.at(-1) === 'number' ? path.at(-2) : path.at(-1);
    if (path[0] === 'components') return false;
    // Generated clients call operations by their names.
    if (word === 'operationId') return action !== 'add';
    // Clients pass over values that they don't know; they don't pass over another type, nor over null.
    if (answered && word === 'enum' && action === 'add') return false;
    if (answered && (word === 'type' || word === 'anyOf') && action !== 'remove') return true;
    return type === 'breaking';
}

const major = document => Number(document.info.version.split('.')[0]);

/** One line for each change that breaks a client; none when the version says so. */
export function broken(before, after) {
    return major(after) > major(before)
        ? []
        : apiDiff(before, after)
              .filter(breaks)
              .map(({ action, path, ...was }) => `${action} ${path.join('/')} ${JSON.stringify(was.before)} → ${JSON.stringify(was.after)}`);
}

export const read = path => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const lines = ['command-side', 'query-side'].flatMap(side =>
        broken(read(`published/${side}.json`), read(`${side}.json`)).map(line => `${side}: ${line}`),
    );
    lines.forEach(line => console.error(line));
    if (lines.length > 0) {
        console.error('This breaks clients of what was published: take it back, or raise the first number of the version.');
        process.exit(1);
    }
}
