// DuckDB: CSV to scored CSV. Usage: node duckdb.cjs wide|long|memory THREADS IN OUT [MEMORY]; the packages are found through NODE_PATH. Prints the seconds inside.
const { DuckDBInstance } = require('@duckdb/node-api');

const [shape, threads, input, output, memory] = process.argv.slice(2);
const text = (path) => `'${path.replaceAll("'", "''")}'`;

// What follows from a total in both shapes. A hair is added so that a tie in decimals is one in binary; ranks are looked up by total, of which
// there are at most 10,001: faster here than rank() over all rows.
const rating = `CASE WHEN total >= 90 THEN '优' WHEN total >= 80 THEN '良' WHEN total >= 60 THEN '中' WHEN total IS NOT NULL THEN '差' END`;
const rounded = 'floor(total*100 + 0.5000001)/100';
const outcome = (columns) => `
  scored AS MATERIALIZED (SELECT * REPLACE (${rounded} AS total) FROM points),
  ranks AS (SELECT total, 1 + sum(n) OVER (ORDER BY total DESC) - n AS rank
            FROM (SELECT total, count(*) AS n FROM scored WHERE total IS NOT NULL GROUP BY total))
  SELECT project, total, ${rating} AS rating,
         rank::BIGINT AS rank${columns}
  FROM scored LEFT JOIN ranks USING (total)`;

// Not least(10, ...): it takes a missing value for 10.
const ratio = (column, target) => `CASE WHEN ${column} >= ${target} THEN 10 ELSE 10*${column}/${target} END`;
const inputs = Array.from({ length: 10 }, (_, i) => `c${i + 1}`);
const wideTable = `read_csv(${text(input)}, header = true, auto_detect = false, delim = ',', quote = '"',
  columns = {project: 'VARCHAR', region: 'VARCHAR', ${inputs.map((name) => `${name}: 'DOUBLE'`).join(', ')}})`;
const widePoints = (table) => `
    SELECT project, region,
           ${[60, 70, 75, 80, 85, 90, 95].map((target, i) => ratio(inputs[i], target)).join(' + ')}
           + CASE WHEN c8 >= 90 THEN 10 WHEN c8 >= 80 THEN 8 WHEN c8 >= 60 THEN 5 WHEN c8 IS NOT NULL THEN 0 END
           + CASE WHEN c9 >= 80 THEN 10 WHEN c9 >= 40 THEN 10*(c9 - 40)/40 WHEN c9 IS NOT NULL THEN 0 END
           + 10*(1 - (100 - c10)*(100 - c10)/10000) AS total
    FROM ${table}`;
const wide = `WITH points AS (${widePoints(wideTable)}),
  ${outcome(', region')}`;

// Equal weights inside a block: its weight times the mean share. avg() skips what is missing, so that is counted.
const block = (id, weight) => `${weight}*avg(share) FILTER (block = '${id}') AS ${id}`;
const money = (name) => `max(actual) FILTER (indicator = '@${name}')`;
const long = `
  WITH shares AS (
    SELECT project, indicator, block, region, department, year, actual,
           CASE WHEN op = '<=' THEN CASE WHEN actual <= target THEN 1 WHEN actual < 2*target THEN 1 - (actual - target)/target ELSE 0 END
                WHEN op IS NOT NULL THEN CASE WHEN actual >= target THEN 1 ELSE actual/target END END AS share
    FROM read_csv(${text(input)}, header = true, auto_detect = false, delim = ',', quote = '"',
                  columns = {project: 'VARCHAR', indicator: 'VARCHAR', block: 'VARCHAR', type: 'VARCHAR', op: 'VARCHAR', target: 'DOUBLE',
                             unit: 'VARCHAR', actual: 'DOUBLE', region: 'VARCHAR', department: 'VARCHAR', year: 'INTEGER'})),
  blocks AS (
    SELECT project, any_value(region) AS region, any_value(department) AS department, any_value(year) AS year,
           10*least(1, ${money('executed')}/${money('adjusted')}) AS execution,
           ${block('output', 50)}, ${block('benefit', 30)}, ${block('satisfaction', 10)}, count(actual) < count(*) AS missing
    FROM shares GROUP BY project),
  points AS (SELECT *, CASE WHEN NOT missing THEN execution + output + benefit + satisfaction END AS total FROM blocks),
  ${outcome(', execution, output, benefit, satisfaction, region, department, year')}`;

// Total and rating from a table in memory to a table in memory: the best of five.
async function inMemory(connection) {
  await connection.run(`CREATE TEMP TABLE held AS FROM ${wideTable}`);
  const scored = `SELECT total, ${rating} AS rating FROM (SELECT ${rounded} AS total FROM (${widePoints('held').replace('project, region,', '')}))`;
  let best = Infinity;
  for (let spell = 0; spell < 5; ++spell) {
    const begin = performance.now();
    await connection.run(`CREATE OR REPLACE TEMP TABLE scored AS ${scored}`);
    best = Math.min(best, performance.now() - begin);
  }
  console.log((best / 1000).toFixed(4));
}

async function main() {
  const begin = performance.now();
  const instance = await DuckDBInstance.create(':memory:', { threads });
  const connection = await instance.connect();
  await connection.run('SET preserve_insertion_order = false');
  if (memory) await connection.run(`SET memory_limit = ${text(memory)}`);
  if (shape === 'memory') return inMemory(connection);
  await connection.run(`COPY (${shape === 'wide' ? wide : long}) TO ${text(output)} (FORMAT csv, HEADER true)`);
  connection.closeSync();
  console.log(((performance.now() - begin) / 1000).toFixed(4));
}
main();
