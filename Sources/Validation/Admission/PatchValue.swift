// EF-19 to EF-23: whether a patch fits what it is for.
extension Admission {
  func checkPatchValue(_ target: String, _ value: Part) {
  }
}
