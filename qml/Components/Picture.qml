import QtQuick
import Marea.App
import Marea.Player

// Where the engine draws. Made only while there is a picture to see, as the engine waits for its surface.
VideoItem {
    required property PlayerViewModel player
    engine: player.engine
}
