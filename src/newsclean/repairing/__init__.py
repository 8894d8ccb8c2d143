"""What the encoding stage needs: which lines ftfy must see, and what it did to them."""
