"""The look that Gradio's own parts take: system fonts with Chinese first, quiet surfaces, one accent.

Colours are those of static/page.css, which styles everything the renderer writes; no font and no image comes from outside.
"""

from __future__ import annotations

from typing import Any

FONTS = (
    "-apple-system",
    "Segoe UI",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "sans-serif",
)
MONOSPACE = ("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace")


def build_theme() -> Any:
    """Give the Gradio theme."""
    from gradio.themes import Base, colors, sizes

    theme = Base(
        primary_hue=colors.teal,
        secondary_hue=colors.teal,
        neutral_hue=colors.slate,
        radius_size=sizes.radius_lg,
        text_size=sizes.text_md,
        font=FONTS,
        font_mono=MONOSPACE,
    )
    return theme.set(
        body_background_fill="var(--paper)",
        body_background_fill_dark="var(--paper)",
        body_text_color="var(--ink)",
        body_text_color_dark="var(--ink)",
        background_fill_primary="var(--surface)",
        background_fill_primary_dark="var(--surface)",
        border_color_primary="var(--line)",
        border_color_primary_dark="var(--line)",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_shadow_dark="none",
        block_label_text_color="var(--quiet)",
        block_label_text_color_dark="var(--quiet)",
        block_title_text_color="var(--quiet)",
        block_title_text_color_dark="var(--quiet)",
        input_background_fill="var(--surface)",
        input_background_fill_dark="var(--surface)",
        input_border_color="var(--line)",
        input_border_color_dark="var(--line)",
        input_border_color_focus="var(--accent)",
        input_border_color_focus_dark="var(--accent)",
        input_placeholder_color="var(--quiet)",
        input_placeholder_color_dark="var(--quiet)",
        button_primary_background_fill="var(--accent)",
        button_primary_background_fill_dark="var(--accent)",
        button_primary_background_fill_hover="var(--accent-strong)",
        button_primary_background_fill_hover_dark="var(--accent-strong)",
        button_primary_text_color="var(--on-accent)",
        button_primary_text_color_dark="var(--on-accent)",
        button_secondary_background_fill="var(--surface)",
        button_secondary_background_fill_dark="var(--surface)",
        button_secondary_background_fill_hover="var(--soft)",
        button_secondary_background_fill_hover_dark="var(--soft)",
        button_secondary_border_color="var(--line)",
        button_secondary_border_color_dark="var(--line)",
        button_secondary_text_color="var(--ink)",
        button_secondary_text_color_dark="var(--ink)",
    )
