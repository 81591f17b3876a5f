"""Prints what TensorBoard's own reader finds in an event file: a line a value, "tag step value"."""
import sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0})
events.Reload()
for tag in events.Tags()["scalars"]:
    for event in events.Scalars(tag):
        print("scalar", tag, event.step, repr(event.value))
for tag in events.Tags()["images"]:
    for event in events.Images(tag):
        print("image", tag, event.step, event.width, event.height, len(event.encoded_image_string))
