#include "tour.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char services[] = {
#embed "../../fixtures/tour/shop/services.yaml" suffix(,)
    0};

static const char front[] = {
#embed "../../fixtures/tour/shop/front.yaml" suffix(,)
    0};

static const char reviews[] = {
#embed "../../fixtures/tour/shop/reviews.yaml" suffix(,)
    0};

static const char canary[] = {
#embed "../../fixtures/tour/canary.yaml" suffix(,)
    0};

static const char tests[] = {
#embed "../../fixtures/tour/tests.yaml" suffix(,)
    0};

static const drydock_tour_file files[] = {
    {"shop/services.yaml", services},
    {"shop/front.yaml", front},
    {"shop/reviews.yaml", reviews},
    {"canary.yaml", canary},
    {"tests.yaml", tests},
};

int drydock_tour_file_count(void) { return (int)(sizeof files / sizeof files[0]); }

drydock_tour_file drydock_tour_file_at(int index) { return files[index]; }
