"""The chat page that other web sites show in a frame: for visitors, without Gradio, limited to what visitors may see."""
