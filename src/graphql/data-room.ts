import { registerEnumType } from 'type-graphql';
import { DataRoom } from '../database/row-security.ts';

registerEnumType(DataRoom, {
  name: 'DataRoom',
  description: "A part of a partner's records that it can share with a federation.",
  valuesConfig: {
    DIRECTORY: { description: 'What is not public of its entry: the headcount · annuaire · adresboek' },
    ENROLMENTS: { description: 'Its enrolments and their history · adhésions · toetredingen' },
    USAGE: { description: 'Its usage entries · relevés d’usage · gebruiksmetingen' },
    ENERGY: {
      description: 'Its buildings, meters, visits, measures and savings of energy · énergie · energie',
    },
    EMPLOYER_GROUP: {
      description:
        'Its requests, placements and timesheets of shared staff · mise à disposition · terbeschikkingstelling',
    },
    ADVICE: {
      description: 'What it asks of advisers, and the sessions that it comes to · conseil · advies',
    },
  },
});

export { DataRoom };
