// An OData service over CSV files, for tests: versions 4 and 3 with server paging, and 1C's dialect without it. Queries are
// parsed and filters applied by npm's odata-v4-parser and odata-v4-inmemory, so that what we ask is judged by others.
//   node server.js OPTIONS.json PORTFILE
// OPTIONS: {"sets": {NAME: {"file", "key": [..], "columns": {NAME: "Edm.Int32" | "Edm.Decimal" | "Edm.String" |
//   "Edm.DateTimeOffset" | "Edm.DateTime"}, "expand": {NAV: {"set", "by", "key"}}}}, "pageSize", "user", "password"}
// Paths: /v4/, /v3/, /1c/odata/standard.odata/. GET /log lists the addresses that were asked.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const modules = process.env.ODATA_MODULES;
const { createFilter } = require(path.join(modules, 'odata-v4-inmemory'));
const parser = require(path.join(modules, 'odata-v4-parser'));

const options = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const asked = [];

class Refused extends Error {
    constructor(status, message) {
        super(message);
        this.status = status;
    }
}

function cells(line) {
    const out = [];
    const pattern = /(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y;
    while (pattern.lastIndex < line.length) {
        const found = pattern.exec(line);
        out.push(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"'));
    }
    if (line.endsWith(',')) out.push('');
    return out;
}

function typed(text, type) {
    if (text === undefined || text === '' || text === '?') return null;
    if (type === 'Edm.Int32' || type === 'Edm.Decimal') return Number(text);
    return text;
}

function load(set) {
    const lines = fs.readFileSync(set.file, 'utf8').replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line);
    const header = cells(lines[0]);
    return lines.slice(1).map((line) => {
        const values = cells(line);
        const row = {};
        header.forEach((name, i) => { if (set.columns[name]) row[name] = typed(values[i], set.columns[name]); });
        return row;
    });
}

const rowsOf = {};
function rows(name) {
    return (rowsOf[name] = rowsOf[name] || load(options.sets[name]));
}

function metadata() {
    const types = Object.entries(options.sets).map(([name, set]) =>
        `<EntityType Name="${name}Row"><Key>${set.key.map((key) => `<PropertyRef Name="${key}"/>`).join('')}</Key>` +
        Object.entries(set.columns).map(([column, type]) => `<Property Name="${column}" Type="${type}"/>`).join('') +
        Object.entries(set.expand || {}).map(([nav, to]) => `<NavigationProperty Name="${nav}" Type="T.${to.set}Row"/>`).join('') +
        '</EntityType>').join('');
    const sets = Object.keys(options.sets).map((name) => `<EntitySet Name="${name}" EntityType="T.${name}Row"/>`).join('');
    return '<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">' +
        `<edmx:DataServices><Schema Namespace="T" xmlns="http://docs.oasis-open.org/odata/ns/edm">${types}` +
        `<EntityContainer Name="C">${sets}</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`;
}

// Version 3 writes datetime'…' and guid'…' where version 4 writes the value alone.
function asVersion4(filter) {
    return filter.replace(/datetime(?:offset)?'([^']*?)(Z?)'/g, '$1Z').replace(/guid'([^']*)'/g, '$1')
        .replace(/\b(\d+(?:\.\d+)?)[LMd]\b/g, '$1');
}

// Names of the query's options and of the expanded entities' selections, checked against the set's columns.
function known(name, column) {
    const set = options.sets[name];
    const [first, ...rest] = column.split('/');
    const to = (set.expand || {})[first];
    if (to && rest.length) return known(to.set, rest.join('/'));
    if (!(first in set.columns) || rest.length) throw new Refused(400, `Could not find a property named '${column}'.`);
}

function timed(row, set) {
    const out = { ...row };
    for (const [column, type] of Object.entries(set.columns))
        if (type.startsWith('Edm.DateTime') && out[column] !== null) out[column] = new Date(/Z$/.test(out[column]) ? out[column] : out[column] + 'Z');
    return out;
}

function compare(a, b) {
    if (a === b) return 0;
    if (a === null) return -1;
    if (b === null) return 1;
    return a < b ? -1 : 1;
}

function answer(version, name, query, request) {
    const set = options.sets[name];
    if (!set) throw new Refused(404, `Resource not found for the segment '${name}'.`);
    let raw = {};
    for (const [key, value] of query) raw[key] = value;
    // A link of ours carries the state as it was.
    let from = 0;
    if (raw.$skiptoken) {
        const state = JSON.parse(Buffer.from(raw.$skiptoken, 'base64url').toString());
        from = state.from;
        raw = state.raw;
    }
    const filter = raw.$filter && (version === 4 ? raw.$filter : asVersion4(raw.$filter));
    const judged = Object.entries({ ...raw, $filter: filter })
        .filter(([key, value]) => key.startsWith('$') && value !== undefined && !['$format', '$inlinecount'].includes(key))
        .filter(([key]) => version === 4 || !['$expand', '$select'].includes(key));
    if (judged.length) {
        try {
            parser.query(judged.map(([key, value]) => `${key}=${value}`).join('&'));
        } catch (error) {
            throw new Refused(400, `The query is not OData: ${error.message}`);
        }
    }
    if (version !== 4 && raw.$count) throw new Refused(400, "The query option '$count' is of version 4.");
    if (version === 4 && raw.$inlinecount) throw new Refused(400, "The query option '$inlinecount' is of version 3.");

    const key = JSON.stringify([name, filter, raw.$orderby]);
    let found = answer.cache && answer.cache.key === key ? answer.cache.rows : rows(name);
    if (!answer.cache || answer.cache.key !== key) {
        if (filter) {
            for (const part of filter.matchAll(/([A-Za-z_]\w*)\s+(?:eq|ne|ge|gt|le|lt)\s/g)) known(name, part[1]);
            const takes = createFilter(filter);
            found = found.filter((row) => takes(timed(row, set)));
        }
        if (raw.$orderby) {
            const by = raw.$orderby.split(',').map((part) => part.trim().split(/\s+/));
            by.forEach(([column]) => known(name, column));
            found = [...found].sort((a, b) => {
                for (const [column, direction] of by) {
                    const order = compare(a[column], b[column]);
                    if (order) return direction === 'desc' ? -order : order;
                }
                return 0;
            });
        }
        answer.cache = { key, rows: found };
    }
    const total = found.length;
    const skip = Number(raw.$skip || 0);
    const top = raw.$top === undefined ? Infinity : Number(raw.$top);
    const preferred = /odata\.maxpagesize=(\d+)/.exec(request.headers.prefer || '');
    const size = version === '1c' ? Infinity : Math.min(options.pageSize || Infinity, preferred ? Number(preferred[1]) : Infinity);
    const wanted = Math.min(top - from, total - skip - from);
    const page = found.slice(skip + from, skip + from + Math.min(wanted, size));

    const select = raw.$select ? raw.$select.split(',') : Object.keys(set.columns);
    const expands = [];
    if (raw.$expand && version === 4)
        for (const part of raw.$expand.matchAll(/(\w+)\(\$select=([^)]*)\)/g)) expands.push([part[1], part[2].split(',')]);
    else if (raw.$expand)
        for (const nav of raw.$expand.split(','))
            expands.push([nav, select.filter((one) => one.startsWith(nav + '/')).map((one) => one.slice(nav.length + 1))]);
    select.forEach((column) => known(name, column));
    expands.forEach(([nav, columns]) => columns.forEach((column) => known(name, `${nav}/${column}`)));
    const value = page.map((row) => {
        const out = {};
        for (const column of select) if (!column.includes('/')) out[column] = row[column];
        for (const [nav, columns] of expands) {
            const to = set.expand[nav];
            const other = (to.index = to.index || new Map(rows(to.set).map((one) => [one[to.key], one]))).get(row[to.by]);
            out[nav] = other ? Object.fromEntries(columns.map((column) => [column, other[column]])) : null;
        }
        return out;
    });
    const body = {};
    const prefix = version === 4 ? '@odata.' : 'odata.';
    if (version === 4) body['@odata.context'] = '$metadata#' + name;
    if (raw.$count === 'true') body[prefix + 'count'] = total;
    if (raw.$inlinecount === 'allpages') body[prefix + 'count'] = String(total);
    body.value = value;
    if (page.length < wanted) {
        const state = Buffer.from(JSON.stringify({ from: from + page.length, raw })).toString('base64url');
        body[prefix + 'nextLink'] = `${name}?$skiptoken=${state}`;
    }
    return body;
}

const bases = { '/v4/': 4, '/v3/': 3, '/1c/odata/standard.odata/': '1c' };

const server = http.createServer((request, response) => {
    const send = (status, type, body) => {
        response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
        response.end(body);
    };
    const url = new URL(request.url, 'http://x');
    if (url.pathname === '/log') return send(200, 'application/json', JSON.stringify(asked));
    asked.push(request.url);
    const json = 'application/json;charset=utf-8';
    if (options.user) {
        const want = 'Basic ' + Buffer.from(`${options.user}:${options.password}`).toString('base64');
        if (request.headers.authorization !== want) return send(401, json, JSON.stringify({ error: { message: 'Who are you?' } }));
    }
    let version = 4;
    try {
        const base = Object.keys(bases).find((one) => url.pathname.startsWith(one));
        if (!base) throw new Refused(404, 'No such service.');
        version = bases[base];
        const name = decodeURIComponent(url.pathname.slice(base.length));
        if (name === '$metadata') return send(200, 'application/xml', metadata());
        if (name === '') return send(200, json, JSON.stringify({ value: Object.keys(options.sets).map((one) => ({ name: one, url: one })) }));
        // 1C writes a mark before its JSON.
        send(200, json, (version === '1c' ? '\uFEFF' : '') + JSON.stringify(answer(version, name, url.searchParams, request)));
    } catch (error) {
        const status = error.status || 500;
        send(version === '1c' && status === 400 ? 500 : status, json, JSON.stringify(version === 4
            ? { error: { code: String(status), message: error.message } }
            : { 'odata.error': { code: String(status), message: { lang: 'ru', value: error.message } } }));
    }
});
server.listen(0, '127.0.0.1', () => {
    fs.writeFileSync(process.argv[3] + '.new', String(server.address().port));
    fs.renameSync(process.argv[3] + '.new', process.argv[3]);
});
