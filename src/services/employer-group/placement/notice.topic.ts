import { recordTopic } from '../../record-notice.topic.ts';

/** Placements that a group proposes. */
export const placementProposals = recordTopic('hub_placement_proposed', 'placement');

/** Timesheets that are sent to their members. */
export const timesheetSubmissions = recordTopic('hub_timesheet_submitted', 'timesheet');
