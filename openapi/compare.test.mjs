import assert from 'node:assert/strict';
import test from 'node:test';
import { broken, read } from './compare.mjs';

const command = read('command-side.json');
const query = read('query-side.json');

function changed(document, change) {
    const after = structuredClone(document);
    change(after);
    return broken(document, after);
}
const without = (list, value) => list.filter(one => one !== value);

const GROWS = {
    'a field in answers': [query, d => { d.components.schemas.Warning.properties.x = { type: 'string' }; d.components.schemas.Warning.required.push('x'); }],
    'a value in answers': [query, d => d.components.schemas.WarningStatus.enum.push('NEW')],
    'a parameter': [query, d => d.paths['/alarms'].get.parameters.push({ name: 'z', in: 'query', schema: { type: 'string' } })],
    'an operation': [query, d => { d.paths['/new'] = structuredClone(d.paths['/alarms']); }],
    'a refusal': [query, d => { d.paths['/alarms'].get.responses['404'] = d.paths['/alarms/{id}'].get.responses['404']; }],
    'words': [query, d => { for (const one of Object.values(d.components.responses)) one.description += ' More.'; }],
    'a field that may be left out': [command, d => { d.components.schemas.NewFeedback.properties.x = { type: ['string', 'null'] }; }],
    'all of it, with a version that says so': [query, d => { d.paths = {}; d.info.version = '2.0.0'; }],
};

const BREAKS = {
    'a field that must be given': [command, d => { d.components.schemas.NewFeedback.properties.x = { type: 'string' }; d.components.schemas.NewFeedback.required.push('x'); }],
    'a value that is taken no longer': [command, d => d.components.schemas.Industry.enum.pop()],
    'a shorter text': [command, d => { d.components.schemas.NewFeedback.properties.cause.maxLength = 10; }],
    'a field that is answered no longer': [query, d => { delete d.components.schemas.Warning.properties.id; }],
    'a field that may be missing': [query, d => { const w = d.components.schemas.Warning; w.required = without(w.required, 'id'); }],
    'another type': [query, d => { d.components.schemas.Warning.properties.id.type = 'integer'; }],
    'null': [query, d => { d.components.schemas.Warning.properties.issuedAt.type = ['string', 'null']; }],
    'null beside a named type': [query, d => { d.components.schemas.Warning.properties.status = { anyOf: [{ $ref: '#/components/schemas/WarningStatus' }, { type: 'null' }] }; }],
    'an operation that is gone': [query, d => { delete d.paths['/alarms']; }],
    'another name of an operation': [query, d => { d.paths['/alarms'].get.operationId = 'other'; }],
    'a parameter that must be given': [query, d => { d.paths['/alarms'].get.parameters[2].required = true; }],
    'a parameter that is gone': [query, d => d.paths['/alarms'].get.parameters.splice(3, 1)],
    'another status': [command, d => { const r = d.paths['/enterprises'].post.responses; r['200'] = r['201']; delete r['201']; }],
};

for (const [name, [document, change]] of Object.entries(GROWS)) {
    test(`${name}: clients go on`, () => assert.deepEqual(changed(document, change), []));
}
for (const [name, [document, change]] of Object.entries(BREAKS)) {
    test(`${name}: breaks clients`, () => assert.notDeepEqual(changed(document, change), []));
}
