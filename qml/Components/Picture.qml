import QtQuick
import Marea
import Marea.App

// Where the engine draws.
Item {
    required property PlayerViewModel player
}
