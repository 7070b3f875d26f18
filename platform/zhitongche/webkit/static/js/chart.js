// Draws each chart from the table beside it. Without this file, or where drawing fails, the table stands.
(() => {
  "use strict";
  const NARROW = 520;
  const LABELLED = 16;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const css = getComputedStyle(document.documentElement);
  const tone = (name) => css.getPropertyValue(name).trim();
  const ink = tone("--zt-ink-2");
  const rule = tone("--zt-line");
  const colours = [tone("--zt-primary"), "#b35c00", "#0d6b45", "#6b3fa0", "#b3201a", "#435068"];
  // Shapes and strokes tell the series apart where colour does not.
  const marks = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"];
  const strokes = ["solid", "dashed", "dotted"];

  const read = (table) => ({
    columns: [...table.tHead.rows[0].cells].slice(1).map((head) => ({ name: head.dataset.name, unit: head.dataset.unit, draw: head.dataset.draw })),
    rows: [...table.tBodies[0].rows].map((row) => ({
      name: row.cells[0].textContent.trim(),
      cells: [...row.cells].slice(1).map((cell) => ({
        text: (cell.querySelector("a") || cell.firstChild || cell).textContent.trim(),
        value: cell.dataset.amount === undefined ? null : Number(cell.dataset.amount),
        url: cell.querySelector("a")?.href,
      })),
    })),
  });

  const common = (kind, told) => ({
    animation: !still,
    textStyle: { fontFamily: tone("--zt-font"), color: ink },
    color: colours,
    // Heat has its numbers written in every field; patterns would only hide them.
    aria: { enabled: true, decal: { show: kind !== "heat" }, label: { description: told } },
    tooltip: { renderMode: "richText", confine: true, borderColor: rule, textStyle: { color: tone("--zt-ink"), fontSize: 13 } },
  });

  // Flows and heat name their places; the two axes of the others name months, units or grounds.
  const flow = ({ rows }) => ({
    series: [{
      type: "sankey", left: 4, right: 90, top: 10, bottom: 10, nodeGap: 14, draggable: false,
      emphasis: { focus: "adjacency" }, lineStyle: { color: "source", opacity: 0.35 }, label: { color: ink },
      data: [...new Set(rows.flatMap((row) => [row.name, row.cells[0].text]))].map((name) => ({ name })),
      links: rows.filter((row) => row.cells[1].value > 0).map((row) => ({ source: row.name, target: row.cells[0].text, value: row.cells[1].value, url: row.cells[1].url })),
    }],
  });

  const heat = ({ columns, rows }) => {
    const data = rows.flatMap((row, y) => row.cells.map((cell, x) => ({ value: [x, y, cell.value ?? "-"], text: cell.text, url: cell.url })));
    const most = Math.max(1, ...data.map((one) => Number(one.value[2]) || 0));
    return {
      grid: { left: 8, right: 8, top: 8, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: { type: "category", data: columns.map((column) => column.name) },
      yAxis: { type: "category", inverse: true, data: rows.map((row) => row.name) },
      visualMap: { show: false, min: 0, max: most, inRange: { color: ["#eef3fb", colours[0]] } },
      series: [{ type: "heatmap", data, label: { show: true, formatter: (one) => one.data.text, color: tone("--zt-ink"), textBorderColor: "#fff", textBorderWidth: 3 } }],
    };
  };

  const series = (kind, columns, rows, narrow) => columns.map((column, at) => {
    const type = column.draw || (kind === "line" ? "line" : "bar");
    const over = type === "line" && kind !== "line";
    // Numbers at the bars only where they cannot run into one another.
    const few = kind === "rows" || (columns.length === 1 && rows.length <= (narrow ? LABELLED / 2 : LABELLED));
    return {
      name: column.name, type, stack: kind === "stacked" && type === "bar" ? "all" : undefined,
      data: rows.map((row) => ({ value: row.cells[at].value ?? "-", text: row.cells[at].text, url: row.cells[at].url })),
      barMaxWidth: 34, symbol: marks[at % marks.length], symbolSize: 8, connectNulls: false,
      lineStyle: over ? { width: 3, color: tone("--zt-ink"), shadowColor: "#fff", shadowBlur: 3 } : { width: 2.5, type: strokes[at % strokes.length] },
      itemStyle: over ? { color: tone("--zt-ink"), borderColor: "#fff", borderWidth: 1.5 } : undefined,
      label: { show: few && kind !== "stacked", position: kind === "rows" ? "right" : "top", formatter: (one) => one.data.text, color: ink },
    };
  });

  const plain = (kind, { columns, rows }, narrow) => {
    const lying = kind === "rows";
    const percent = columns.every((column) => column.unit === "%");
    const names = {
      type: "category", data: rows.map((row) => row.name), inverse: lying, axisTick: { show: false }, axisLine: { lineStyle: { color: rule } },
      axisLabel: { color: ink, hideOverlap: true, ...(lying ? { width: narrow ? 96 : 150, overflow: "truncate", interval: 0 } : {}) },
    };
    const amounts = {
      // Bars begin at nought, or their lengths would lie; lines of rates may begin where they are.
      type: "value", scale: percent && kind === "line", max: percent ? 100 : undefined, minInterval: percent ? undefined : 1, splitLine: { lineStyle: { color: rule } },
      axisLabel: { color: ink, hideOverlap: true, formatter: percent ? "{value}%" : "{value}" },
    };
    return {
      legend: { show: columns.length > 1, type: "scroll", top: 0, left: 0, itemWidth: 26, textStyle: { color: ink } },
      grid: { left: 4, right: lying ? 48 : 12, top: columns.length > 1 ? 44 : 26, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: lying ? amounts : names,
      yAxis: lying ? names : amounts,
      series: series(kind, columns, rows, narrow),
    };
  };

  const said = (kind) => ({
    trigger: kind === "flow" || kind === "heat" ? "item" : "axis",
    formatter: (found) => {
      if (kind === "flow") return found.dataType === "edge" ? `${found.data.source} → ${found.data.target}：${found.data.value}` : found.name;
      const all = [].concat(found);
      return [all[0].name, ...all.map((one) => `${one.seriesName && all.length > 1 ? `${one.seriesName}：` : ""}${one.data.text}`)].join("\n");
    },
  });

  const draw = (figure) => {
    const place = figure.querySelector(".chart-draw");
    const table = figure.querySelector("table");
    if (!place || !table) return;
    const kind = figure.dataset.chart;
    const content = read(table);
    const title = figure.querySelector("figcaption strong").textContent;
    const told = `图：${title}。${content.columns.map((column) => column.name).join("、")}；${content.rows.map((row) => row.name).join("、")}。具体数据见图下的数据表。`;
    place.hidden = false;
    const narrow = place.clientWidth < NARROW;
    if (kind === "rows") place.style.height = `${content.rows.length * (content.columns.length * 20 + 18) + 56}px`;
    if (kind === "heat") place.style.height = `${content.rows.length * 34 + 48}px`;
    const picture = window.echarts.init(place, null, { renderer: "svg", locale: "ZH" });
    const base = common(kind, told);
    const option = kind === "flow" ? flow(content) : kind === "heat" ? heat(content) : plain(kind, content, narrow);
    picture.setOption({ ...base, ...option, tooltip: { ...base.tooltip, ...said(kind) } });
    picture.on("click", (one) => { if (one.data?.url) location.assign(one.data.url); });
    new ResizeObserver(() => picture.resize()).observe(place);
    figure.querySelector("details").open = "open" in figure.dataset;
  };

  for (const figure of document.querySelectorAll("figure.chart")) {
    try {
      draw(figure);
    } catch (problem) {
      figure.querySelector(".chart-draw").hidden = true;
      console.warn("chart", figure.id, problem);
    }
  }
  window.addEventListener("beforeprint", () => document.querySelectorAll("figure.chart details").forEach((one) => { one.open = true; }));
})();
