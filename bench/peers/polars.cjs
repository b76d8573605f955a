// Polars: CSV to scored CSV. Usage: node polars.cjs wide|long|memory THREADS IN OUT; the packages are found through NODE_PATH. Prints the seconds inside.
const [shape, threads, input, output] = process.argv.slice(2);
process.env.POLARS_MAX_THREADS = threads;  // read when the library loads
const pl = require('nodejs-polars');

const { col, lit, when } = pl;

// What follows from a total in both shapes. A hair is added so that a tie in decimals is one in binary.
const total = col('total');
const label = when(total.gtEq(90)).then(lit('优')).when(total.gtEq(80)).then(lit('良')).when(total.gtEq(60)).then(lit('中'))
  .when(total.isNotNull()).then(lit('差')).otherwise(lit(null)).alias('rating');
const rounded = (points) => points.withColumn(total.mul(100).plus(0.5000001).floor().div(100).alias('total'));
const outcome = (points, columns) =>
  rounded(points).select(col('project'), total, label, total.rank('min', true).alias('rank'), ...columns.map((name) => col(name)));

const inputs = Array.from({ length: 10 }, (_, i) => `c${i + 1}`);
const wideTable = () =>
  pl.scanCSV(input, { schema: { project: pl.Utf8, region: pl.Utf8, ...Object.fromEntries(inputs.map((name) => [name, pl.Float64])) } });

function wide(table) {
  const ratios = [60, 70, 75, 80, 85, 90, 95].map((target, i) => col(inputs[i]).mul(10).div(target).clip(-1e300, 10));
  const [step, ramp, curve] = [col('c8'), col('c9'), lit(100).minus(col('c10'))];
  const points = ratios.reduce((sum, one) => sum.plus(one))
    .plus(when(step.gtEq(90)).then(lit(10.0)).when(step.gtEq(80)).then(lit(8.0)).when(step.gtEq(60)).then(lit(5.0))
      .when(step.isNotNull()).then(lit(0.0)).otherwise(lit(null)))
    .plus(when(ramp.gtEq(80)).then(lit(10.0)).when(ramp.gtEq(40)).then(ramp.minus(40).mul(10).div(40))
      .when(ramp.isNotNull()).then(lit(0.0)).otherwise(lit(null)))
    .plus(lit(10).mul(lit(1).minus(curve.mul(curve).div(10000))));
  return table.select(col('project'), col('region'), points.alias('total'));
}

function long() {
  const schema = { project: pl.Utf8, indicator: pl.Utf8, block: pl.Utf8, type: pl.Utf8, op: pl.Utf8, target: pl.Float64, unit: pl.Utf8,
    actual: pl.Float64, region: pl.Utf8, department: pl.Utf8, year: pl.Int32 };
  const [a, t] = [col('actual'), col('target')];
  const most = when(a.ltEq(t)).then(lit(1.0)).when(a.lt(t.mul(2))).then(lit(1).minus(a.minus(t).div(t))).otherwise(lit(0.0));
  const least = when(a.gtEq(t)).then(lit(1.0)).otherwise(a.div(t));
  // Equal weights inside a block: its weight times the mean share.
  const block = (id, weight) => col('share').filter(col('block').eq(lit(id))).mean().mul(weight).alias(id);
  const money = (name) => a.filter(col('indicator').eq(lit(`@${name}`))).first();
  const columns = ['execution', 'output', 'benefit', 'satisfaction', 'region', 'department', 'year'];
  const blocks = pl.scanCSV(input, { schema })
    .withColumn(when(col('op').eq(lit('<='))).then(most).otherwise(least).alias('share'))
    .groupBy('project')
    .agg(money('executed').div(money('adjusted')).clip(-1e300, 1).mul(10).alias('execution'), block('output', 50), block('benefit', 30),
      block('satisfaction', 10), a.nullCount().alias('missing'), col('region').first(), col('department').first(), col('year').first());
  const points = when(col('missing').eq(0)).then(col('execution').plus(col('output')).plus(col('benefit')).plus(col('satisfaction')))
    .otherwise(lit(null));
  return outcome(blocks.withColumn(points.alias('total')), columns);
}

// Total and rating from a table in memory to columns in memory: the best of five.
function inMemory() {
  const table = wideTable().collectSync();
  const scored = () => rounded(wide(table.lazy())).select(total, label);
  const spells = Array.from({ length: 5 }, () => {
    const begin = performance.now();
    scored().collectSync();
    return performance.now() - begin;
  });
  console.log((Math.min(...spells) / 1000).toFixed(4));
}

async function main() {
  if (shape === 'memory') return inMemory();
  const begin = performance.now();
  (await (shape === 'wide' ? outcome(wide(wideTable()), ['region']) : long()).collect()).writeCSV(output);  // faster than its streaming sink
  console.log(((performance.now() - begin) / 1000).toFixed(4));
}
main();
