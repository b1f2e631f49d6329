import { expect, it } from 'vitest';
import { ApiError } from '@kit/api';
import { linkOf, outcomeOf, returnOf } from './sign-in';
import { bodyOf, faultsOf, stepsOf } from './steps';
import type { Client } from './types';

const client = (change: Partial<Client> = {}): Client => ({
  contour: 'test', configured: false, revision: 0, base: 'https://sso.u2035test.ru', clientId: '', secret: '', redirectUri: '', callback: '', findings: [], lastCheck: null, ...change,
});
const filled = { revision: 1, clientId: 'a', redirectUri: 'https://b' };
const check = (passed: boolean) => ({ at: '', passed, code: '', cause: '', fix: '' });

it('the steps of a contour follow what is saved, and a secret key proves that the letter was answered', () => {
  expect(stepsOf(client())).toEqual({ fill: 'now', letter: 'wait', secret: 'wait', check: 'wait' });
  expect(stepsOf(client(filled))).toEqual({ fill: 'done', letter: 'now', secret: 'wait', check: 'wait' });
  expect(stepsOf(client({ ...filled, secret: '9f1c', configured: true }))).toEqual({ fill: 'done', letter: 'done', secret: 'done', check: 'now' });
  expect(stepsOf(client({ ...filled, secret: '9f1c', configured: true, lastCheck: check(true) })).check).toBe('done');
  expect(stepsOf(client({ ...filled, secret: '9f1c', configured: true, lastCheck: check(false) })).check).toBe('fail');
});

it('a redirect_uri that can’t work fails its step, one that is merely odd does not', () => {
  const finding = (wrong: boolean) => ({ code: 'slash', wrong, reason: '', fix: '' });
  expect(stepsOf(client({ ...filled, findings: [finding(false)] })).fill).toBe('done');
  expect(stepsOf(client({ ...filled, findings: [finding(true)] })).fill).toBe('fail');
});

it('a secret key that isn’t typed is not sent, and the address of the service is', () => {
  expect(bodyOf({ clientId: 'a', redirectUri: 'b', clientSecret: '', base: 'https://sso' })).toEqual({ clientId: 'a', redirectUri: 'b', base: 'https://sso' });
  expect(bodyOf({ clientId: 'a', redirectUri: 'b', clientSecret: 's', base: '' })).toEqual({ clientId: 'a', redirectUri: 'b', clientSecret: 's' });
});

it('a refusal is told at its field', () => {
  const error = new ApiError({ status: 422, code: 'validation', detail: '', errors: [{ pointer: '/redirectUri', reason: 'r', fix: 'f' }] });
  expect(Object.keys(faultsOf(error))).toEqual(['redirectUri']);
  expect(faultsOf(null)).toEqual({});
});

it('the button leads to a personal link alone, and back to a page of the platform alone', () => {
  expect(linkOf('https://lms.example.org/u2035/sso/join?t=abc', 'https://p.example')).toBe('https://lms.example.org/u2035/sso/join?t=abc');
  expect(linkOf('https://lms.example.org/x/u2035/sso/join?t=abc', 'https://p.example')).not.toBe('');
  for (const wrong of ['javascript:alert(1)//u2035/sso/join?t=1', 'https://evil.example/', 'https://lms.example.org/u2035/sso/join', '', null])
    expect(linkOf(wrong, 'https://p.example')).toBe('');
  expect(returnOf('/course/7', 'https://p.example/a')).toBe('https://p.example/course/7');
  for (const wrong of ['javascript:alert(1)', 'https://evil.example/', '//evil.example', '']) expect(returnOf(wrong, 'https://p.example/a')).toBe('');
});

it('what the platform’s server answers is told as what to do', () => {
  expect(outcomeOf({ code: 'sso.not-configured' })).toBe('not-configured');
  expect(outcomeOf({ code: 'has-unti-id' })).toBe('has-unti-id');
  expect(outcomeOf(new TypeError('Failed to fetch'))).toBe('network');
  expect(outcomeOf(new Error('x'))).toBe('failed');
});
