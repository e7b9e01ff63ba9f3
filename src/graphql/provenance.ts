import { registerEnumType } from 'type-graphql';
import { Provenance } from '../database/properties.ts';

registerEnumType(Provenance, {
  name: 'Provenance',
  description: 'Where a record comes from · provenance · herkomst.',
  valuesConfig: {
    SYNTHETIC: {
      description: 'Made up for demonstration; says nothing about the world · synthétique · synthetisch',
    },
    REPORTED: { description: 'Entered by a user or reported by a tool · déclaré · gemeld' },
  },
});

export { Provenance };
