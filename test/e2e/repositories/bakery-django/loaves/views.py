from celery.result import AsyncResult
from django.http import HttpResponse, JsonResponse

from .models import Loaf
from .tasks import bake as bake_task


def index(request):
    loaves = "".join(f"<li>{loaf.name}</li>" for loaf in Loaf.objects.order_by("id"))
    return HttpResponse(f"<h1>Bakery</h1><ul>{loaves}</ul>")


def health(request):
    return HttpResponse("ok")


def bake(request, name):
    return JsonResponse({"task": bake_task.delay(name).id})


def baked(request, task):
    result = AsyncResult(task)
    return JsonResponse({"state": result.state, "result": result.result if result.successful() else None})
