import { recordTopic } from '../../record-notice.topic.ts';

/** Seats that partners take, and give back. */
export const sessionRegistrations = recordTopic('hub_session_registered', 'session_registration');
