import ApexCharts from '../lib/apexcharts.esm.js';

/** Creates a line chart in an element; the model is LineChartModel.cs. */
export function create(element, model) {
  return new LineChart(element, model);
}

class LineChart {
  constructor(element, model) {
    this.element = element;
    this.model = model;
    this.chart = new ApexCharts(element, this.options());
    this.drawn = this.chart.render();
    this.redraw = () => this.update(this.model);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.scheme.addEventListener('change', this.redraw);
    this.themes = new MutationObserver(this.redraw);
    this.themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  }

  async update(model) {
    this.model = model;
    await this.drawn;
    if (this.chart) await this.chart.updateOptions(this.options(), false, false, false);
  }

  async destroy() {
    this.scheme.removeEventListener('change', this.redraw);
    this.themes.disconnect();
    await this.drawn;
    this.chart?.destroy();
    this.chart = null;
  }

  options() {
    const model = this.model;
    const colour = name => resolve(this.element, `--chart-${name}`);
    const muted = resolve(this.element, '--text-muted');
    const surface = resolve(this.element, '--surface');
    return {
      chart: {
        type: model.filled ? 'area' : 'line', height: model.height, background: 'transparent',
        fontFamily: 'inherit', toolbar: { show: false }, zoom: { enabled: false },
        animations: { enabled: false }, parentHeightOffset: 0,
      },
      series: model.series.map(line => ({ name: line.name, data: line.points })),
      colors: model.series.map(line => colour(line.colour)),
      stroke: { width: 2, curve: 'straight', lineCap: 'round' },
      fill: model.filled
        ? { type: 'gradient', gradient: { opacityFrom: 0.22, opacityTo: 0.02, stops: [0, 100] } }
        : { type: 'solid', opacity: 1 },
      dataLabels: { enabled: false },
      markers: { size: 0, strokeWidth: 0, hover: { size: 4 } },
      legend: {
        show: model.series.length > 1, position: 'top', horizontalAlign: 'left', offsetX: -8,
        labels: { colors: muted }, markers: { size: 5, shape: 'circle', strokeWidth: 0 }, itemMargin: { horizontal: 8 },
      },
      grid: { borderColor: resolve(this.element, '--border'), strokeDashArray: 3, padding: { left: 12, right: 12 } },
      xaxis: {
        type: 'datetime', tickAmount: 6, axisBorder: { show: false }, axisTicks: { show: false },
        labels: { datetimeUTC: true, style: { colors: muted, fontSize: '11px' } },
        tooltip: { enabled: false }, crosshairs: { stroke: { color: muted, dashArray: 3 } },
      },
      yaxis: {
        ...scale(model),
        labels: { style: { colors: muted, fontSize: '11px' }, formatter: value => inUnit(value, model.unit, true) },
      },
      tooltip: {
        theme: isDark(this.element) ? 'dark' : 'light', shared: true, intersect: false,
        x: { formatter: time => utc(time) }, y: { formatter: value => inUnit(value, model.unit) },
      },
      annotations: {
        yaxis: model.lines.map(line => ({
          y: line.value, borderColor: colour(line.colour), strokeDashArray: 5, borderWidth: 1.5,
          label: {
            text: line.label, position: 'right', textAnchor: 'end', borderWidth: 0,
            style: { background: surface, color: colour(line.colour), fontSize: '11px', fontWeight: 600 },
          },
        })),
        points: model.marks.map(mark => ({
          x: mark.point[0], y: mark.point[1],
          marker: { size: 4.5, fillColor: colour(mark.colour), strokeColor: surface, strokeWidth: 2 },
          label: {
            text: mark.label, borderWidth: 0, offsetY: -4,
            style: { background: surface, color: colour(mark.colour), fontSize: '11px', fontWeight: 600 },
          },
        })),
      },
    };
  }
}

/** A value axis on round numbers. It also holds the horizontal lines, which the library leaves out by itself. */
function scale(model) {
  const values = model.series.flatMap(line => line.points.map(point => point[1]))
    .concat(model.lines.map(line => line.value), model.marks.map(mark => mark.point[1]));
  if (values.length === 0) return {};
  const low = Math.min(...values);
  const high = Math.max(...values);
  const step = roundStep(Math.max(high - low, Math.abs(high) * 0.002, 0.02) / 4);
  const min = Math.floor(low / step) * step;
  const max = Math.max(Math.ceil(high / step) * step, min + step);
  return { min, max, tickAmount: Math.round((max - min) / step) };
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function roundStep(width) {
  const power = 10 ** Math.floor(Math.log10(width));
  return [1, 2, 2.5, 5, 10].find(factor => factor * power >= width) * power;
}

function inUnit(value, unit, onAxis = false) {
  if (value === null || value === undefined) return '';
  const round = unit !== '$' || (onAxis && Math.abs(value - Math.round(value)) < 1e-9);
  const digits = Math.abs(value).toLocaleString('en', {
    minimumFractionDigits: round ? 0 : 2, maximumFractionDigits: unit === '$' ? 2 : 1,
  });
  const sign = value < 0 ? '\u2212' : '';
  return unit === '$' ? `${sign}$${digits}` : `${sign}${digits}${unit}`;
}

function utc(time) {
  return new Date(time).toLocaleString('en-GB', {
    timeZone: 'UTC', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit',
  }) + ' UTC';
}

/** A custom property's colour as the browser computes it: the chart library cannot read light-dark(). */
function resolve(element, property) {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  element.parentElement.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return toHex(colour);
}

function isDark(element) {
  const surface = resolve(element, '--surface');
  return parseInt(surface.slice(1, 3), 16) < 128;
}

function toHex(colour) {
  const [red, green, blue] = colour.match(/[\d.]+/g).map(Number);
  return '#' + [red, green, blue].map(part => Math.round(part).toString(16).padStart(2, '0')).join('');
}
