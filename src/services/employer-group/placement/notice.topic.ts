import { mergeKeys, readKeys, type Topic } from '../../../live/index.ts';
import {
  type GroupChange,
  type GroupScope,
  type SeenRecords,
  scopeExists,
  seenRecords,
} from './notice.read.ts';

type GroupTopic = Topic<GroupChange, GroupScope, SeenRecords>;

function topicOf(channel: string, table: 'placement' | 'timesheet'): GroupTopic {
  return {
    channel,
    read: (payload) => ({ records: readKeys(payload, 'records') }),
    merge: (one, other) => {
      const records = mergeKeys(one.records, other.records);
      return records && { records };
    },
    concerns: ({ records }, { partner }) => !partner || records.some((one) => one.startsWith(`${partner} `)),
    check: scopeExists,
    question: seenRecords(table),
    event: (answer) => answer as SeenRecords,
    anything: () => ({ records: [], isComplete: false }),
  };
}

/** Placements that a group proposes. */
export const placementProposals = topicOf('hub_placement_proposed', 'placement');

/** Timesheets that are sent to their members. */
export const timesheetSubmissions = topicOf('hub_timesheet_submitted', 'timesheet');
