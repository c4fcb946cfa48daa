#ifndef DRYDOCK_TOUR_H
#define DRYDOCK_TOUR_H

/// One file of the tour's example: where it belongs in the tour's folder, and its text.
typedef struct drydock_tour_file {
  const char *path;
  const char *text;
} drydock_tour_file;

int drydock_tour_file_count(void);
/// The file at a place from 0; the strings live for ever.
drydock_tour_file drydock_tour_file_at(int index);

#endif
