// Signs in as a works, follows its warnings, and signs and answers the first that waits for it. 登录、订阅预警、签收并反馈。
//   node answer-warning.js <command side> <query side> <username> <password>
// client/ is generated from ../command-side.json and ../query-side.json (typescript-fetch).
import { setTimeout as pause } from 'node:timers/promises';
import { Configuration as Commands, FeedbackApi, SignInApi, WarningsApi as Signing } from '../client/command/index.js';
import { Configuration as Reads, StreamsApi, WarningFromJSON, WarningStatus, WarningsApi } from '../client/query/index.js';
import type { Warning } from '../client/query/index.js';

const [command = '', query = '', username = '', password = ''] = process.argv.slice(2);

/** Asks again when it is told to, or when a view was not there yet. */
async function fetchApi(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    for (let left = 30; ; left--) {
        const answer = await fetch(input, init);
        if (left === 0 || ![429, 503, 504].includes(answer.status)) return answer;
        await pause(1_000 * Number(answer.headers.get('Retry-After') ?? 1));
    }
}

const { accessToken } = await new SignInApi(new Commands({ basePath: command, fetchApi })).signIn({
    credentials: { username, password },
});
const commands = new Commands({ basePath: command, accessToken, fetchApi });
const reads = new Reads({ basePath: query, accessToken, fetchApi });

/** The data of each event, with its id. The generated client opens a stream and leaves it to be read. */
async function* follow(lastEventID: string): AsyncGenerator<{ id: string; warning: Warning }> {
    const { raw } = await new StreamsApi(reads).followWarningsRaw({ lastEventID });
    const text = new TextDecoder();
    let pending = '';
    let event = { id: '', data: '' };
    for await (const bytes of raw.body as unknown as AsyncIterable<Uint8Array>) {
        const lines = (pending + text.decode(bytes, { stream: true })).split('\n');
        pending = lines.pop() ?? '';
        for (const line of lines) {
            if (line.startsWith('id:')) event.id = line.slice(3).trim();
            if (line.startsWith('data:')) event.data += line.slice(5);
            if (line === '') {
                if (event.data) yield { id: event.id, warning: WarningFromJSON(JSON.parse(event.data)) };
                event = { id: event.id, data: '' };
            }
        }
    }
}

/** With a key of our own each, so that a repeat is done once. */
async function answer(warning: Warning): Promise<Warning> {
    const idempotencyKey = `sample-${warning.id}-${warning.demand ?? 0}`;
    await new Signing(commands).signWarning({ id: warning.id, idempotencyKey: `${idempotencyKey}-sign` });
    const { raw } = await new FeedbackApi(commands).submitFeedbackRaw({
        id: warning.id,
        idempotencyKey: `${idempotencyKey}-answer`,
        newFeedback: {
            cause: '循环水泵跳闸',
            measures: '切换备用泵，压力恢复正常',
            person: '王建国',
            occurredAt: new Date(warning.issuedAt.getTime() - 60_000),
        },
    });
    // A read that names the command's position shows what it did.
    const forgewatchPosition = Number(raw.headers.get('Forgewatch-Position'));
    return new WarningsApi(reads).getWarning({ id: warning.id, forgewatchPosition });
}

for await (const { id, warning } of follow('0')) {
    if (warning.status === WarningStatus.Closed) continue;
    const now = await answer(warning);
    console.log(JSON.stringify({ event: id, warning: now.id, status: now.status, answers: now.answerCount }));
    break;
}
