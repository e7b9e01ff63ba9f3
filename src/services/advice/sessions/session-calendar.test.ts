import { describe, expect, test } from '@jest/globals';
import { SessionKind } from '../session.entity.ts';
import { calendarOf, type SessionsOfService } from './session-calendar.ts';

const session: SessionsOfService['sessions'][number] = {
  id: '0197',
  kind: SessionKind.WORKSHOP,
  title: 'Accueil; premiers pas',
  startsAt: '2026-06-15T07:00:00Z',
  endsAt: '2026-06-15T10:00:00Z',
  changedAt: '2026-05-01T08:00:00Z',
  version: 3,
  place: 'Ixelles',
  isCancelled: false,
};
const lines = (...sessions: SessionsOfService['sessions']): string[] =>
  calendarOf({ name: 'Service diversité', sessions }, 'fr').replaceAll('\r\n ', '').split('\r\n');

describe('The calendar of sessions', () => {
  test('has each with its time in UTC, its place and its kind', () => {
    expect(lines(session)).toEqual(
      expect.arrayContaining([
        'DTSTART:20260615T070000Z',
        'DTEND:20260615T100000Z',
        'SUMMARY:Atelier · Accueil\\; premiers pas',
        'LOCATION:Ixelles',
        'SEQUENCE:3',
      ]),
    );
  });

  test('tells one that is cancelled, and one that is online', () => {
    expect(lines({ ...session, isCancelled: true })).toContain('STATUS:CANCELLED');
    expect(lines({ ...session, place: null })).toContain('LOCATION:En ligne');
  });

  test('is empty where nothing is planned', () => {
    expect(lines()).not.toContain('BEGIN:VEVENT');
  });
});
