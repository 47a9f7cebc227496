import { describe, expect, test } from 'vitest';
import type { DiffReport } from '../../src/diff/report.ts';
import { clustersText, exceededTexts, percentText, replicasText, weightText } from '../../src/report/diff/words.ts';
import { deployment, placed, reportOn, routes } from '../support/fleet-state.ts';

type State = Parameters<typeof reportOn>[0];

/** A state of one or more clusters: revisions with their replicas, and the rules' weights. */
function state(
  replicas: Readonly<Record<string, number>>,
  rules: Readonly<Record<string, number>>[],
  clusters = ['c1'],
): State {
  return clusters.flatMap((cluster) => [
    ...Object.entries(replicas).map(([name, count]) => placed(deployment(name, { replicas: count }), { cluster })),
    ...(rules.length === 0 ? [] : routes(...rules)).map((object) => placed(object, { cluster })),
  ]);
}

/** The matrix as lines: `shop-v1 4 90 → 50 on c1, c2`. */
function rows({ matrix }: DiffReport): string[] {
  return matrix.map(
    (row) => `${row.revision} ${replicasText(row)} ${weightText(row)} on ${clustersText(row.clusters, 2)}`,
  );
}

test('a row is a revision on clusters, with replicas and weight before and after', () => {
  const report = reportOn(state({ v1: 4, v2: 1 }, [{ v1: 90, v2: 10 }]), state({ v1: 4, v2: 2 }, [{ v1: 50, v2: 50 }]));
  expect(rows(report)).toEqual(['v1 4 90 → 50 on c1', 'v2 1 → 2 10 → 50 on c1']);
});

test('what comes and goes has nothing on the other side; several rules stand side by side', () => {
  const before = state({ v1: 2 }, [{ v1: 100 }, { v1: 100 }]);
  const after = state({ v1: 2, v2: 2 }, [{ v2: 100 }, { v1: 90, v2: 10 }]);
  expect(rows(reportOn(before, after))).toEqual(['v1 2 100/100 → 0/90 on c1', 'v2 – → 2 – → 100/10 on c1']);
  expect(rows(reportOn(after, before))).toEqual(['v1 2 0/90 → 100/100 on c1', 'v2 2 → – 100/10 → – on c1']);
});

test('a rule that comes or goes moves no other rule\u2019s weights', () => {
  const split = { v1: 80, v2: 20 };
  const before = state({ v1: 1, v2: 1 }, [split]);
  const after = state({ v1: 1, v2: 1 }, [{ v2: 100 }, split]);
  expect(rows(reportOn(before, after))).toEqual(['v1 1 0/80 on c1', 'v2 1 0/20 → 100/20 on c1']);
  expect(rows(reportOn(after, before))).toEqual(['v1 1 0/80 on c1', 'v2 1 100/20 → 0/20 on c1']);
});

test('clusters where the same happens share their rows, and those where nothing happens have none', () => {
  const clusters = ['c1', 'c2', 'c3', 'c4'];
  const before = [...state({ v1: 4 }, [], clusters), ...state({ v1: 1 }, [], ['c5', 'c6'])];
  const after = [...state({ v1: 5 }, [], clusters), ...state({ v1: 1 }, [], ['c5']), ...state({ v1: 2 }, [], ['c6'])];
  expect(rows(reportOn(before, after))).toEqual(['v1 4 → 5 – on c1, c2 and 2 more', 'v1 1 → 2 – on c6']);
});

test('an autoscaled workload has at least what its autoscaler keeps', () => {
  const scaler = (minReplicas: number): State[number] =>
    placed({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      spec: { minReplicas, scaleTargetRef: { kind: 'Deployment', name: 'web-v1' } },
    });
  const workload = placed(deployment('v1'));
  expect(rows(reportOn([workload, scaler(2)], [workload, scaler(3)]))).toEqual(['v1 2+ → 3+ – on c1']);
  expect(rows(reportOn([workload], [workload, scaler(3)]))).toEqual(['v1 1 → 3+ – on c1']);
});

test('a cluster of a mesh that only routes to a revision has weight, and no replicas', () => {
  const here = state({ v1: 2 }, [{ v1: 90, v2: 10 }]);
  expect(rows(reportOn(here, state({ v1: 2 }, [{ v1: 50, v2: 50 }])))).toEqual([
    'v1 2 90 → 50 on c1',
    'v2 – 10 → 50 on c1',
  ]);
});

test('new routes that lead to what runs nowhere are an error, in a mesh only where nothing of it is left', () => {
  const before = state({ v1: 2, v2: 2 }, [{ v1: 50, v2: 50 }], ['c1', 'c2']);
  const [lost, moved] = [
    state({ v1: 2 }, [{ v1: 90, v2: 10 }], ['c1', 'c2']),
    [...state({ v1: 2 }, [{ v1: 50, v2: 50 }]), ...state({ v1: 2, v2: 2 }, [{ v1: 50, v2: 50 }], ['c2'])],
  ];
  const messages = (after: State): string[] =>
    reportOn(before, after).findings.map(({ code, message, clusters }) => `${code} ${message} ${clusters.join()}`);
  expect(messages(lost)).toEqual(['STILL_ROUTED v2 is removed while the new routes give it weight 10 c1,c2']);
  expect(messages(moved)).toEqual(['STILL_ROUTED v2 is removed while it still has weight 50 c1']);
});

test('images are those of every container, of workloads that come and go too', () => {
  const before = [placed(deployment('v1', {}, 'nginx:1'))];
  const after = [placed(deployment('v1', {}, 'nginx:2')), placed(deployment('v2', {}, 'nginx:3'))];
  expect(
    reportOn(before, after).images.map(({ workload, container, before: was, after: is }) => [
      workload,
      container,
      was,
      is,
    ]),
  ).toEqual([
    ['Deployment web-v1', 'web', 'nginx:1', 'nginx:2'],
    ['Deployment web-v2', 'web', undefined, 'nginx:3'],
  ]);
});

test('images are told apart where two lists have a container of the same name', () => {
  const job = (launcher: string, worker: string): State => {
    const replica = (image: string): object => ({ template: { spec: { containers: [{ name: 'mpi', image }] } } });
    const spec = { mpiReplicaSpecs: { Launcher: replica(launcher), Worker: replica(worker) } };
    return [placed({ apiVersion: 'kubeflow.org/v1', kind: 'MPIJob', spec })];
  };
  const changes = (before: State, after: State): unknown =>
    reportOn(before, after).images.map(({ container, before: was, after: is }) => [container, was, is]);
  const worker = 'mpi (spec.mpiReplicaSpecs.Worker.template.spec.containers)';
  expect(changes(job('a:1', 'a:1'), job('a:2', 'a:1'))).toEqual([['mpi', 'a:1', 'a:2']]);
  expect(changes(job('a:1', 'a:1'), job('a:1', 'a:2'))).toEqual([[worker, 'a:1', 'a:2']]);
});

test('the blast radius counts clusters that change, replicas that start, stop or restart, and traffic that moves', () => {
  const before = [
    ...state({ v1: 4, v2: 2 }, [{ v1: 90, v2: 10 }], ['c1', 'c2']),
    ...state({ v1: 4 }, [], ['c3', 'c4']),
  ];
  const after = [
    ...state({ v1: 4, v2: 3 }, [{ v1: 50, v2: 50 }]),
    ...state({ v1: 4, v2: 2 }, [{ v1: 90, v2: 10 }], ['c2']),
    placed(deployment('v1', { replicas: 4 }, 'nginx:new'), { cluster: 'c3' }),
    ...state({ v1: 4 }, [], ['c4']),
  ];
  const { blastRadius } = reportOn(before, after);
  expect(blastRadius).toEqual({
    clusters: { moved: 2, total: 4 },
    replicas: { moved: 1 + 4, total: 4 + 3 + 4 + 2 + 4 + 4 },
    traffic: { moved: 0.4, total: 2 },
  });
});

test('traffic of a host that goes, and of one that comes, moves', () => {
  const on = (...hosts: readonly string[]): State =>
    state({ v1: 2 }, [{ v1: 100 }]).map((each) => {
      const { object } = each;
      const spec = { ...(object['spec'] as object), hosts };
      return object.kind === 'VirtualService' ? { ...each, object: { ...object, spec } } : each;
    });
  const moved = (before: State, after: State): unknown => reportOn(before, after).blastRadius.traffic;
  expect(moved(on('a.example.com'), on('b.example.com'))).toEqual({ moved: 2, total: 2 });
  expect(moved(on('a.example.com', 'b.example.com'), on('a.example.com'))).toEqual({ moved: 1, total: 2 });
  expect(moved(on('a.example.com', 'b.example.com'), on('b.example.com', 'a.example.com'))).toEqual({
    moved: 0,
    total: 2,
  });
});

test.each([
  [0, '0%'],
  [0.001, '<1%'],
  [0.2, '20%'],
  [0.999, '>99%'],
  [1, '100%'],
])('the share %d is written %s', (share, text) => {
  expect(percentText(share)).toBe(text);
});

describe('limits', () => {
  test('what is exactly at a limit is within it, on any number of clusters', () => {
    const names = Array.from({ length: 6 }, (_, index) => `c${index}`);
    for (const count of [1, 3, 6])
      for (const moved of [7, 20, 29, 57]) {
        const clusters = names.slice(0, count);
        const [before, after] = [
          state({}, [{ a: 100 }], clusters),
          state({}, [{ a: 100 - moved, b: moved }], clusters),
        ];
        expect(reportOn(before, after, { maxBlastRadius: moved / 100 }).exceeded).not.toContain('traffic');
        expect(reportOn(before, after, { maxBlastRadius: (moved - 1) / 100 }).exceeded).toContain('traffic');
      }
  });

  test('are told as they were given, and a share that exceeds them with as many digits as it takes', () => {
    const [before, after] = [state({ v1: 1000 }, []), state({ v1: 709 }, [])];
    const report = reportOn(before, after, { maxBlastRadius: 0.29, minCapacity: 0.71 });
    expect(exceededTexts(report)).toEqual([
      '100% of the clusters exceeds --max-blast-radius 29%',
      '29.1% of the replicas exceeds --max-blast-radius 29%',
    ]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      'the replicas of the whole cluster fall from 1000 to 709, below 71%',
    ]);
    const floor = reportOn(before, state({ v1: 290 }, []), { minCapacity: 29 / 100 });
    expect(floor.findings).toEqual([]);
    const below = reportOn(before, state({ v1: 289 }, []), { minCapacity: 29 / 100 });
    expect(below.findings[0]?.message).toBe('the replicas of the whole cluster fall from 1000 to 289, below 29%');
  });
});

test('a Service is known by what it selects: names of one revision may begin with the name of another', () => {
  const at = (replicas: number, weight: number): State => {
    const rule = { 'shop-v1-web': weight, 'shop-v1-api-v1-web': 100 - weight };
    const routing = routes(rule).map((object) => {
      const name = object.metadata?.name?.replace(/-web$/, '');
      const selector = { 'app.oam.dev/appRevision': name };
      return object.kind === 'Service' ? { ...object, spec: { selector } } : object;
    });
    return [placed(deployment('shop-v1', { replicas })), ...routing.map((object) => placed(object))];
  };
  const codes = (before: State, after: State): string[] => reportOn(before, after).findings.map(({ code }) => code);
  expect(codes(at(5, 50), at(1, 10))).toEqual(['DRAINED_TOO_SOON']);
  expect(codes(at(5, 50), at(1, 60))).toEqual([]);
});
