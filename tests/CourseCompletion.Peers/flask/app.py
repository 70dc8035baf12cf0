"""The stack that people write first: one HTTP request an event, counters in Redis, a logistic prediction.

POST /events takes one event and POST /batch a list of them, in the JSON of the engine's own HTTP gateway.
"""
import math
import os
from datetime import datetime

import redis
from flask import Flask, jsonify, request

app = Flask(__name__)
store = redis.Redis(port=int(os.environ["REDIS_PORT"]), decode_responses=True)

WEIGHTS = {"bias": -2.0, "events": 0.004, "watched_hours": 0.35, "days": 0.02, "events_a_day": 0.01}


@app.get("/health")
def health():
    store.ping()
    return "ok"


@app.post("/events")
def record_event():
    event = request.get_json()
    enrolment = key_of(event)
    if not store.sadd(f"seen:{event['learnerId']}", identity_of(event)):
        return jsonify(status="DUPLICATE", completionProbability=float(store.hget(enrolment, "probability") or 0))
    with store.pipeline() as pipe:
        count(pipe, enrolment, event)
        pipe.hgetall(enrolment)
        counters = pipe.execute()[-1]
    probability = predict(counters)
    store.hset(enrolment, "probability", probability)
    return jsonify(status="ACCEPTED", completionProbability=probability)


@app.post("/batch")
def record_batch():
    events = request.get_json()["events"]
    with store.pipeline() as pipe:
        for event in events:
            pipe.sadd(f"seen:{event['learnerId']}", identity_of(event))
        is_new = pipe.execute()
    enrolments = list(dict.fromkeys(key_of(event) for event in events))
    with store.pipeline() as pipe:
        for event, new in zip(events, is_new):
            if new:
                count(pipe, key_of(event), event)
        for enrolment in enrolments:
            pipe.hgetall(enrolment)
        counters = pipe.execute()[-len(enrolments):]
    probabilities = {enrolment: predict(row) for enrolment, row in zip(enrolments, counters)}
    with store.pipeline() as pipe:
        for enrolment, probability in probabilities.items():
            pipe.hset(enrolment, "probability", probability)
        pipe.execute()
    return jsonify(results=[
        {"status": "ACCEPTED" if new else "DUPLICATE", "completionProbability": probabilities[key_of(event)]}
        for event, new in zip(events, is_new)
    ])


def key_of(event):
    return f"enrolment:{event['learnerId']}:{event['courseId']}"


def identity_of(event):
    return f"{event['source']}/{event['eventId']}"


def count(pipe, enrolment, event):
    at = datetime.fromisoformat(event["occurredAt"]).timestamp()
    video = event.get("videoWatched", {})
    pipe.hincrby(enrolment, "events", 1)
    pipe.hincrbyfloat(enrolment, "watched_seconds", video.get("to", 0) - video.get("from", 0))
    pipe.hsetnx(enrolment, "first_at", at)
    pipe.hset(enrolment, "last_at", at)


def predict(counters):
    events = int(counters.get("events", 0))
    days = 1 + (float(counters.get("last_at", 0)) - float(counters.get("first_at", 0))) / 86400
    features = {
        "bias": 1,
        "events": events,
        "watched_hours": float(counters.get("watched_seconds", 0)) / 3600,
        "days": days,
        "events_a_day": events / days,
    }
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * value for name, value in features.items())))
