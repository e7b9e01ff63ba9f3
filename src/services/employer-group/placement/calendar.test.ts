import { describe, expect, test } from '@jest/globals';
import { WorkerFunction } from '../employer-group.entity.ts';
import { PlacementState } from '../placement.entity.ts';
import { calendarOf, type PlacementDays } from './calendar.ts';

const placement: PlacementDays = {
  id: '0197',
  jobFunction: WorkerFunction.DPO,
  member: 'Maison; des Hirondelles',
  minutes: [228, 0, 228, 0, 450, 0, 0],
  startsOn: '2026-06-16',
  endsOn: '2026-09-01',
  state: PlacementState.AGREED,
  version: 2,
  proposedAt: '2026-06-01T08:00:00.000Z',
  disputes: [{ from: '2026-06-22', until: '2026-06-25' }],
};
const lines = (of: Partial<PlacementDays> = {}, language: 'fr' | 'nl' | 'en' = 'fr'): string[] =>
  calendarOf({ ...placement, ...of }, language)
    .replaceAll('\r\n ', '')
    .split('\r\n');

describe('The calendar of a placement', () => {
  test('has an event for each number of hours, on its days of each week until its end', () => {
    const all = lines();
    expect(all.filter((line) => line.startsWith('DTSTART'))).toEqual([
      'DTSTART;VALUE=DATE:20260617',
      'DTSTART;VALUE=DATE:20260619',
    ]);
    expect(all.filter((line) => line.startsWith('RRULE'))).toEqual([
      'RRULE:FREQ=WEEKLY;UNTIL=20260831;BYDAY=MO,WE',
      'RRULE:FREQ=WEEKLY;UNTIL=20260831;BYDAY=FR',
    ]);
    expect(all).toContain(
      'SUMMARY:3\\,8 h · Délégué à la protection des données · Maison\\; des Hirondelles',
    );
  });

  test('leaves out the days of a labour dispute', () => {
    expect(lines().filter((line) => line.startsWith('EXDATE'))).toEqual([
      'EXDATE;VALUE=DATE:20260622,20260624',
    ]);
  });

  test('speaks Dutch and English too', () => {
    expect(lines({}, 'nl').join()).toContain('Functionaris voor gegevensbescherming');
    expect(lines({}, 'en')).toContain('SUMMARY:3.8 h · Data protection officer · Maison\\; des Hirondelles');
  });

  test('goes on where there is no end', () => {
    expect(lines({ endsOn: null }).filter((line) => line.startsWith('RRULE'))[0]).toBe(
      'RRULE:FREQ=WEEKLY;BYDAY=MO,WE',
    );
  });

  test('says how sure it is, and counts its changes', () => {
    expect(lines()).toEqual(expect.arrayContaining(['STATUS:CONFIRMED', 'SEQUENCE:2']));
    expect(lines({ state: PlacementState.PROPOSED })).toContain('STATUS:TENTATIVE');
    expect(lines({ state: PlacementState.CANCELLED })).toContain('STATUS:CANCELLED');
  });

  test('takes no line from a name, and no millennium of a dispute', () => {
    const forged = lines({ member: 'Maison\r\nBEGIN:VEVENT\r\nUID:other\r\nEND:VEVENT' });
    expect(forged.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(2);
    expect(forged).not.toContain('UID:other');
    const disputes = [{ from: '2026-06-22', until: '9999-12-31' }];
    expect(lines({ endsOn: null, disputes }).join().length).toBeLessThan(4_000);
  });
});
