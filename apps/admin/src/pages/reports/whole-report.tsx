import type { ReactNode } from 'react';
import { useApiQuery } from '../../kit/api.js';
import { Failure } from '../../kit/failure.js';
import { Figures } from '../overview/figures.js';
import { Trends } from '../overview/trends.js';
import { CampTable } from './camp-table.js';

/** Everything together, and the camps next to each other. */
export function WholeReport(): ReactNode {
  const { data, error, refetch } = useApiQuery('getStatsOverview', {});
  if (error && !data) return <Failure error={error} again={() => void refetch()} />;
  return (
    <>
      <Figures of={data} />
      <Trends trend={data?.trend} />
      <CampTable />
    </>
  );
}
