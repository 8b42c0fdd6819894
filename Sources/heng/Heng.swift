import ArgumentParser
@main struct Heng: ParsableCommand { func run() {} }
